/**
 * From an image to a file: its number and name, the writing of it whole, and what is made of it besides. The processors of
 * {@code routes/store.camel.yaml} and {@code routes/transform.camel.yaml}.
 */
@NullMarked
package io.framegate.store;

import org.jspecify.annotations.NullMarked;
