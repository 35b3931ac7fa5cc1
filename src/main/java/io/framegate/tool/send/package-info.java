/**
 * The other side of the gateway: pictures of a webcam, a video, images or a stream, sent to a receiver frame by frame.
 *
 * <p>The {@code frames:} component reads a source, {@link io.framegate.tool.send.FrameSender} keeps the connection, and the route
 * between them is {@code send.camel.yaml} beside these classes. FFmpeg is touched only by a source that needs it.
 */
@NullMarked
package io.framegate.tool.send;

import org.jspecify.annotations.NullMarked;
