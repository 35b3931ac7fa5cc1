package io.framegate.wire;

import io.framegate.event.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * What became of a packet. It is written to the channel for each packet, in the packets' order; formats that have no
 * answer drop it.
 *
 * @param reason why the packet was rejected, or null if it was accepted
 * @param detail for people, as in the log; empty if it was accepted
 */
public record Answer(@Nullable RejectReason reason, String detail) {

    /** Everything in the packet is stored. */
    public static final Answer ACCEPTED = new Answer(null, "");
}
