/**
 * Remembers what is not delivered yet: a claim for each image and target, written before the image is renamed into
 * place, so an image that exists has all its claims. Each target has its own log. Its consumer ({@code outbox:ftp})
 * sends the claims through a route in their order and marks those that are delivered.
 */
@NullMarked
package io.framegate.outbox;

import org.jspecify.annotations.NullMarked;
