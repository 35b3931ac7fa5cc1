/**
 * The values of a packet: the packet that a decoder cut from the stream, the event that its document reports, and the
 * images.
 *
 * <p>Nothing here uses a socket, a file or Camel. {@link io.framegate.event.CameraDocument} reads every dialect, XML or
 * JSON, into one {@link io.framegate.event.CameraEvent}.
 */
@NullMarked
package io.framegate.event;

import org.jspecify.annotations.NullMarked;
