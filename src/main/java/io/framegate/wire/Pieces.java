package io.framegate.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins bytes that arrive in pieces. Grows with the bytes that have arrived, not with the length that a peer announces,
 * so that a peer cannot reserve memory with a length header. Not thread-safe.
 */
final class Pieces {

    /** Shorter pieces are joined at once, because the overhead of an array each would exceed their content. */
    private static final int SMALL = 2048;

    private final List<byte[]> pieces = new ArrayList<>();
    private final ByteArrayOutputStream small = new ByteArrayOutputStream(0);
    private int length;

    /** Adds a copy of these bytes. */
    void add(byte[] in, int from, int to) {
        if (to - from < SMALL) {
            small.write(in, from, to - from);
            length += to - from;
            flushSmall(SMALL);
        } else {
            add(Arrays.copyOfRange(in, from, to));
        }
    }

    /** Adds a piece without a copy. The caller must not change it any more. */
    void add(byte[] piece) {
        if (piece.length < SMALL) {
            small.writeBytes(piece);
            flushSmall(SMALL);
        } else {
            flushSmall(1);
            pieces.add(piece);
        }
        length += piece.length;
    }

    private void flushSmall(int least) {
        if (small.size() >= least) {
            pieces.add(small.toByteArray());
            small.reset();
        }
    }

    int length() {
        return length;
    }

    /** All bytes so far. */
    byte[] joined() {
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        System.arraycopy(small.toByteArray(), 0, all, at, small.size());
        return all;
    }

    void clear() {
        pieces.clear();
        small.reset();
        length = 0;
    }
}
