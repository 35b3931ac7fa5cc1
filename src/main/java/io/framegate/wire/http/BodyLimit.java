package io.framegate.wire.http;

import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;

/** The limit on the packets and rejects of one body. A camera sends one packet in a body, and rarely a few. */
final class BodyLimit {

    static final int MAX_PACKETS = 64;

    private BodyLimit() {}

    /** The reject that replaces all packets over the limit. */
    static RejectedPacket exceeded() {
        String detail = "packets in a body: > " + MAX_PACKETS + " (expected: <= " + MAX_PACKETS + ")";
        return new RejectedPacket(HttpCameraDecoder.FORMAT, RejectReason.TOO_LONG, detail, new byte[0], 0, false);
    }
}
