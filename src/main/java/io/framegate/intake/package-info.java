/**
 * The pipeline of the listeners, which are {@code netty:} endpoints: limits, deadlines and back-pressure; and the names
 * of the headers.
 *
 * <p>{@link io.framegate.intake.CameraPipelineFactory} lists the handlers.
 */
@NullMarked
package io.framegate.intake;

import org.jspecify.annotations.NullMarked;
