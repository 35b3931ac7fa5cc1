/**
 * Traces the path of a packet from its receipt to its delivery as OpenTelemetry spans. Two hooks of Camel report the
 * start and end of routes and of sends to endpoints. No class of this package is loaded while {@code
 * framegate.tracing.enabled} is false.
 */
@NullMarked
package io.framegate.watch.trace;

import org.jspecify.annotations.NullMarked;
