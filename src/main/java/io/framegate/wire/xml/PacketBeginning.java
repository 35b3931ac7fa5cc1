package io.framegate.wire.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.framegate.wire.Padding;
import io.framegate.wire.embedded.DocumentBeginning;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the beginning of the next packet among unreadable bytes. Cameras begin their packets with {@code <?xml},
 * {@code <config} or {@code <DeviceInfo}. Keeps its place between calls, so a beginning may be split anywhere.
 */
final class PacketBeginning implements DocumentBeginning {

    private static final List<byte[]> BEGINNINGS =
            List.of("<?xml".getBytes(US_ASCII), "<config".getBytes(US_ASCII), "<DeviceInfo".getBytes(US_ASCII));

    private static final int SHORTEST = 5;

    private final byte[] candidate = new byte[12];
    private int length;

    @Override
    public String expected() {
        return "< of a tag";
    }

    @Override
    public boolean isBetween(byte b) {
        return Padding.isBetweenPackets(b);
    }

    @Override
    public boolean begins(byte b) {
        return b == '<';
    }

    @Override
    public char first() {
        return '<';
    }

    /**
     * Appends the byte if it continues a beginning; returns false and keeps {@link #bytes()} as they were if it does
     * not.
     */
    boolean append(byte b) {
        if ((b == '<') != (length == 0)) {
            return false;
        }
        candidate[length] = b;
        for (byte[] beginning : BEGINNINGS) {
            if (startsWith(beginning, length + 1)) {
                length++;
                return true;
            }
        }
        return false;
    }

    @Override
    public void appendOrStartOver(byte b) {
        if (!append(b)) {
            clear();
            append(b);
        }
    }

    private boolean startsWith(byte[] beginning, int count) {
        return count <= beginning.length && Arrays.equals(beginning, 0, count, candidate, 0, count);
    }

    @Override
    public boolean isComplete() {
        if (length < SHORTEST) {
            return false;
        }
        for (byte[] beginning : BEGINNINGS) {
            if (beginning.length == length && startsWith(beginning, length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an element of this name is one of the beginnings. */
    static boolean isRootName(TagName name) {
        for (byte[] beginning : BEGINNINGS) {
            if (name.is(Arrays.copyOfRange(beginning, 1, beginning.length))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isEmpty() {
        return length == 0;
    }

    @Override
    public byte[] bytes() {
        return Arrays.copyOf(candidate, length);
    }

    @Override
    public void clear() {
        length = 0;
    }
}
