package io.framegate.wire;

import io.framegate.event.Dialect;
import io.framegate.event.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a packet. The gateway writes one to the channel for each packet, in the order of the packets. Formats
 * without answers drop it.
 *
 * @param reason why the packet was rejected, or null if it was accepted
 * @param detail an explanation for people, as in the log; empty if the packet was accepted
 * @param dialect the dialect of the accepted packet's document, in which the answer is written; null if unknown
 */
public record Answer(@Nullable RejectReason reason, String detail, @Nullable Dialect dialect) {

    /** Every image of the packet is stored. */
    public static final Answer ACCEPTED = new Answer(null, "", null);

    /** Creates the answer to a packet that was rejected. */
    public Answer(@Nullable RejectReason reason, String detail) {
        this(reason, detail, null);
    }

    /** Every image of a packet of this dialect is stored. */
    public static Answer accepted(@Nullable Dialect dialect) {
        return dialect == null ? ACCEPTED : new Answer(null, "", dialect);
    }
}
