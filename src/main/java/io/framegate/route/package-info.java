/**
 * The Java side of {@code routes/*.camel.yaml}: headers, the processors routes refer to by name, and live reload.
 */
@NullMarked
package io.framegate.route;

import org.jspecify.annotations.NullMarked;
