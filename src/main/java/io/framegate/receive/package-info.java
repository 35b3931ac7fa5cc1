/**
 * Reads a packet's event and images, collects the outcome of each image, and recognises repeated events. Used by
 * {@code routes/receive.camel.yaml} and {@code routes/deduplicate.camel.yaml}.
 */
@NullMarked
package io.framegate.receive;

import org.jspecify.annotations.NullMarked;
