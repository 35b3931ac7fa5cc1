/**
 * Sends the pictures of a webcam, a video, images or a stream to a receiver, frame by frame.
 *
 * <p>The {@code frames:} component reads a source, {@link io.framegate.tool.send.FrameSender} keeps the connection, and
 * the route between them is {@code send.camel.yaml} in the resources of this package. Only sources that need FFmpeg
 * load it.
 */
@NullMarked
package io.framegate.tool.send;

import org.jspecify.annotations.NullMarked;
