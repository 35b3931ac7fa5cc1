/**
 * Puts changes of {@code routes/*.camel.yaml} into force while the gateway runs.
 */
@NullMarked
package io.framegate.reload;

import org.jspecify.annotations.NullMarked;
