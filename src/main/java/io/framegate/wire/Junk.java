package io.framegate.wire;

import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the beginning of bytes that are no packet, so that they can be reported once. Not thread-safe. */
public final class Junk {

    private static final int MAX_LENGTH = 4096;

    private final String format;
    private final String expected;
    private byte @Nullable [] bytes;
    private int length;

    /** Of a format whose packets begin with what is expected. */
    public Junk(String format, String expected) {
        this.format = format;
        this.expected = expected;
    }

    public void begin() {
        bytes = new byte[MAX_LENGTH];
        length = 0;
    }

    /** Keeps what there is room for; the report, when there is no more. */
    public Optional<RejectedPacket> add(byte[] in, int from, int to) {
        if (bytes == null) {
            return Optional.empty();
        }
        int kept = Math.min(to - from, MAX_LENGTH - length);
        System.arraycopy(in, from, bytes, length, kept);
        length += kept;
        return length == MAX_LENGTH ? end(0) : Optional.empty();
    }

    /** The report, if it is still to be made, without the last bytes, which begin a packet. */
    public Optional<RejectedPacket> end(int packetBytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(bytes, Math.max(0, length - packetBytes));
        bytes = null;
        length = 0;
        return Optional.of(new RejectedPacket(
                format, RejectReason.UNKNOWN_FORMAT, describe(content), content, content.length, false));
    }

    public int length() {
        return length;
    }

    private String describe(byte[] content) {
        int first = content.length == 0 ? 0 : content[0] & 0xFF;
        String what =
                content.length > 2 && first == 0x16 && content[1] == 3 ? "TLS hello" : "bytes that begin no packet";
        return what + ": first byte 0x" + HexFormat.of().toHexDigits((byte) first) + " (expected: " + expected + ")";
    }
}
