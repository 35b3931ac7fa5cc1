/** Metrics and health checks. This package and its sub-packages observe the gateway and change nothing. */
@NullMarked
package io.framegate.watch;

import org.jspecify.annotations.NullMarked;
