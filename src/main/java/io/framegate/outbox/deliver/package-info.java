/**
 * What {@code routes/deliver-*.camel.yaml} need besides Camel: an image's metadata as each protocol takes it, and clients that
 * Camel's endpoints do not make as they should be. None of them connects before there is something to deliver.
 */
@NullMarked
package io.framegate.outbox.deliver;

import org.jspecify.annotations.NullMarked;
