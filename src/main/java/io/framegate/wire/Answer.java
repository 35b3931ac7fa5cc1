package io.framegate.wire;

import io.framegate.event.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a packet. The gateway writes one to the channel for each packet, in the order of the packets. Formats
 * without answers drop it.
 *
 * @param reason why the packet was rejected, or null if it was accepted
 * @param detail an explanation for people, as in the log; empty if the packet was accepted
 */
public record Answer(@Nullable RejectReason reason, String detail) {

    /** Every image of the packet is stored. */
    public static final Answer ACCEPTED = new Answer(null, "");
}
