package io.framegate.wire;

import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Collects bytes that belong to no packet and rejects the first 4 KB of them, once per search for the next packet. Not
 * thread-safe.
 */
public final class Junk {

    private static final int MAX_LENGTH = 4096;

    private final String format;
    private final String expected;
    private final Pieces bytes = new Pieces();
    private boolean collecting;

    /**
     * Creates a collector for one format.
     *
     * @param expected how a packet begins, for the reject's detail
     */
    public Junk(String format, String expected) {
        this.format = format;
        this.expected = expected;
    }

    /** Begins to collect. Until then, {@link #add} drops all bytes. */
    public void begin() {
        collecting = true;
    }

    /** Collects bytes while there is room. Returns the reject when the room is full. */
    public Optional<RejectedPacket> add(byte[] in, int from, int to) {
        if (!collecting) {
            return Optional.empty();
        }
        bytes.add(in, from, from + Math.min(to - from, MAX_LENGTH - bytes.length()));
        return bytes.length() == MAX_LENGTH ? end(0) : Optional.empty();
    }

    /**
     * Returns the reject without the last {@code packetBytes} bytes, which begin a packet; empty if it was returned
     * before.
     */
    public Optional<RejectedPacket> end(int packetBytes) {
        if (!collecting) {
            return Optional.empty();
        }
        byte[] content = bytes.copy(0, Math.max(0, bytes.length() - packetBytes));
        bytes.clear();
        collecting = false;
        return Optional.of(new RejectedPacket(
                format, RejectReason.UNKNOWN_FORMAT, describe(content), content, content.length, false));
    }

    public int length() {
        return bytes.length();
    }

    /** Bytes of memory held. */
    public int heldBytes() {
        return bytes.capacity();
    }

    private String describe(byte[] content) {
        Lookalike known = Lookalike.of(content);
        if (known != null) {
            return known.detail();
        }
        int first = content.length == 0 ? 0 : content[0] & 0xFF;
        return "bytes that begin no packet: first byte 0x" + HexFormat.of().toHexDigits((byte) first) + " (expected: "
                + expected + ")";
    }
}
