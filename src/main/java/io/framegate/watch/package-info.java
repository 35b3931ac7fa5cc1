/**
 * Metrics and health checks. This room and its sub-rooms observe the gateway and change nothing.
 */
@NullMarked
package io.framegate.watch;

import org.jspecify.annotations.NullMarked;
