/**
 * The listeners: the Netty pipeline behind {@code netty:} endpoints, its limits, deadlines and back-pressure.
 *
 * <p>{@link io.framegate.intake.CameraPipelineFactory} reads as the table of contents.
 */
@NullMarked
package io.framegate.intake;

import org.jspecify.annotations.NullMarked;
