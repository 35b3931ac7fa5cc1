/**
 * Traces: what became of a packet from its receipt to its delivery, as OpenTelemetry spans that go to a collector. Camel says when a route
 * or a step to an endpoint begins and ends. Nothing here is loaded while {@code framegate.tracing.enabled} is false.
 */
@NullMarked
package io.framegate.watch.trace;

import org.jspecify.annotations.NullMarked;
