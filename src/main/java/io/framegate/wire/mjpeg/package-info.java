/**
 * Cuts the parts of an MJPEG stream that is sent to the bare socket.
 */
@NullMarked
package io.framegate.wire.mjpeg;

import org.jspecify.annotations.NullMarked;
