/**
 * Decodes bytes to packets. {@link io.framegate.wire.KnownFormat} is the list of formats and the only class here that
 * knows the sub-packages. Each sub-package holds one format or one family of formats.
 *
 * <pre>
 * WireFormatDetector -&gt; WireFormat.match, newHandlers
 *                         FrameDecoder -&gt; FrameCutter    xml, json, length, jpeg, mjpeg: bytes to packets
 *                         Netty's HTTP codec -&gt; http     requests to packets, answers to responses
 * </pre>
 *
 * <p>Decoders are single-pass state machines that check their limits before they buffer. They use no clock, no log and
 * no Camel. They pass on bytes that they cannot read as a {@link io.framegate.event.RejectedPacket}.
 */
@NullMarked
package io.framegate.wire;

import org.jspecify.annotations.NullMarked;
