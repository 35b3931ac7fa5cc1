/**
 * Knows the external systems of {@code routes/deliver-*.camel.yaml}: what an image's metadata look like in each
 * protocol, which failures are refusals, and clients that Camel's endpoints cannot configure. No client connects before
 * the first delivery.
 */
@NullMarked
package io.framegate.outbox.deliver;

import org.jspecify.annotations.NullMarked;
