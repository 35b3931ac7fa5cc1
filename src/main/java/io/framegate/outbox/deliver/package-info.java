/**
 * Knows the external systems of {@code routes/deliver-*.camel.yaml}: the form of an image's metadata in each protocol,
 * the failures that are refusals, and clients that Camel's endpoints cannot configure. No client connects before the
 * first delivery.
 */
@NullMarked
package io.framegate.outbox.deliver;

import org.jspecify.annotations.NullMarked;
