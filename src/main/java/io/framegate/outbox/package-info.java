/**
 * Keeps the claims on images that are not delivered yet: one for each image and target, written before the image is
 * renamed into place. An image that exists therefore has all its claims. Each target has its own log. Its consumer
 * ({@code outbox:ftp}) sends the claims through a route in their order and marks the delivered ones.
 */
@NullMarked
package io.framegate.outbox;

import org.jspecify.annotations.NullMarked;
