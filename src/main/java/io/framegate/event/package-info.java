/**
 * What a camera said, as values: the packet as it was cut from the stream, the event read from it, and its images.
 *
 * <p>Nothing here touches a socket, a file or Camel. {@link io.framegate.event.CameraDocument} reads every XML dialect into
 * one {@link io.framegate.event.CameraEvent}.
 */
@NullMarked
package io.framegate.event;

import org.jspecify.annotations.NullMarked;
