/**
 * From bytes to packets: one decoder for each wire format, and their detection by first bytes.
 *
 * <p>Decoders are single-pass state machines that check their caps before they buffer. They know no clock, no log and
 * no Camel; what they cannot understand they hand on as a {@link io.framegate.event.RejectedPacket}.
 */
@NullMarked
package io.framegate.wire;

import org.jspecify.annotations.NullMarked;
