/**
 * Applies changes of {@code routes/*.camel.yaml} while the gateway runs, and describes the problems of route files.
 */
@NullMarked
package io.framegate.reload;

import org.jspecify.annotations.NullMarked;
