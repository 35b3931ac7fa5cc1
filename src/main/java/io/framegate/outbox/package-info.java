/**
 * What still has to be delivered: one claim for each image and target, written before the image is renamed into place, so an
 * image that exists has all its claims. Each target has a log of its own, whose consumer ({@code outbox:ftp}) hands the claims to a
 * route in their order and marks what was delivered.
 */
@NullMarked
package io.framegate.outbox;

import org.jspecify.annotations.NullMarked;
