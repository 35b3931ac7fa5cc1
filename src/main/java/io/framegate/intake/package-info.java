/**
 * The pipeline of the listeners, which are {@code netty:} endpoints: limits, deadlines and back-pressure; and the names
 * of the headers.
 *
 * <p>{@link io.framegate.intake.CameraPipelineFactory} is the table of contents.
 */
@NullMarked
package io.framegate.intake;

import org.jspecify.annotations.NullMarked;
