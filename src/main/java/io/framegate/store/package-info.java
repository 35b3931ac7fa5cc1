/**
 * Stores images as files: the {@code store:} endpoint with its numbers and names, and the processors that make other
 * formats, thumbnails and sidecars. Used by {@code routes/store.camel.yaml} and {@code routes/transform.camel.yaml}.
 */
@NullMarked
package io.framegate.store;

import org.jspecify.annotations.NullMarked;
