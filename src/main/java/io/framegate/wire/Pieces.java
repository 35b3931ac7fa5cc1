package io.framegate.wire;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Joins bytes that arrive in pieces. Grows with the bytes that have arrived, not with the length that a peer announces,
 * so a peer cannot reserve memory with a length header. Grows by whole arrays, not by doubling, so its memory is little
 * more than its length. Not thread-safe.
 */
public final class Pieces {

    /**
     * Shorter pieces are joined at once, because the overhead of one array per piece would exceed their content. A
     * multiple of 3: if the lengths of all additions are multiples of 3, so are those of the arrays, and each array
     * becomes base64 without padding.
     */
    private static final int SMALL = 3 << 10;

    private static final int SMALLEST = 192;

    private static final int LARGE = 1 << 20;

    /** Guards copies of many bytes, which are then in memory twice without a charge to a budget. */
    static final ReentrantLock LARGE_COPY = new ReentrantLock();

    private static final byte[] NONE = {};

    private final List<byte[]> pieces = new ArrayList<>(0);
    private byte[] small = NONE;
    private int smallLength;
    private int length;
    private int capacity;

    /** Number of bytes that were removed from the beginning, in whole arrays. */
    private int removed;

    /** Adds a copy of these bytes. */
    public void add(byte[] in, int from, int to) {
        if (to - from >= SMALL) {
            addPiece(Arrays.copyOfRange(in, from, to));
        } else {
            addSmall(in, from, to);
        }
        length += to - from;
    }

    /** Adds a piece without a copy. The caller must not change it afterwards. */
    public void add(byte[] piece) {
        if (piece.length >= SMALL) {
            addPiece(piece);
        } else {
            addSmall(piece, 0, piece.length);
        }
        length += piece.length;
    }

    private void addPiece(byte[] piece) {
        flushSmall();
        pieces.add(piece);
        capacity += piece.length;
    }

    private void addSmall(byte[] in, int from, int to) {
        int at = from;
        while (at < to) {
            if (smallLength == SMALL) {
                flushSmall();
            }
            int wanted = Math.min(SMALL, smallLength + to - at);
            if (wanted > small.length) {
                resizeSmall(Math.min(SMALL, Math.max(SMALLEST, Math.max(wanted, 2 * small.length))));
            }
            int fits = Math.min(to - at, small.length - smallLength);
            System.arraycopy(in, at, small, smallLength, fits);
            smallLength += fits;
            at += fits;
        }
    }

    private void resizeSmall(int size) {
        capacity += size - small.length;
        small = Arrays.copyOf(small, size);
    }

    private void flushSmall() {
        if (smallLength > 0) {
            resizeSmall(smallLength);
            pieces.add(small);
            small = NONE;
            smallLength = 0;
        }
    }

    public int length() {
        return length;
    }

    /** Bytes of memory held. */
    public int capacity() {
        return capacity;
    }

    /**
     * Removes the bytes before {@code to} and returns those from {@code from} on. The indexes of all other bytes stay.
     */
    public byte[] take(int from, int to) {
        boolean large = to - from >= LARGE;
        if (large) {
            // All connections together hold at most one frame twice.
            LARGE_COPY.lock();
        }
        try {
            byte[] taken = copy(from, to);
            removeBefore(to);
            return taken;
        } finally {
            if (large) {
                LARGE_COPY.unlock();
            }
        }
    }

    /** Removes all bytes and returns them. */
    public byte[] takeAll() {
        return take(0, length);
    }

    /** Updates a digest with all bytes. */
    void digest(MessageDigest digest) {
        pieces.forEach(digest::update);
        digest.update(small, 0, smallLength);
    }

    /** The first bytes, at most {@code most} of them. */
    public byte[] first(int most) {
        return copy(0, Math.min(length, most));
    }

    /** A copy of the bytes between two indexes. None of them may have been removed. */
    public byte[] copy(int from, int to) {
        byte[] copy = new byte[to - from];
        int begin = removed;
        for (byte[] piece : pieces) {
            copy(piece, piece.length, begin, copy, from);
            begin += piece.length;
        }
        copy(small, smallLength, begin, copy, from);
        return copy;
    }

    private static void copy(byte[] piece, int pieceLength, int begin, byte[] copy, int from) {
        int first = Math.max(from, begin);
        int end = Math.min(from + copy.length, begin + pieceLength);
        if (first < end) {
            System.arraycopy(piece, first - begin, copy, first - from, end - first);
        }
    }

    /** Frees the arrays that hold only bytes before this index. The indexes of all other bytes stay. */
    public void removeBefore(int index) {
        int whole = 0;
        while (whole < pieces.size() && removed + pieces.get(whole).length <= index) {
            removed += pieces.get(whole).length;
            capacity -= pieces.get(whole).length;
            whole++;
        }
        pieces.subList(0, whole).clear();
    }

    /** Removes all bytes and returns them in their arrays. */
    Queue<byte[]> drain() {
        flushSmall();
        Queue<byte[]> all = new ArrayDeque<>(pieces);
        clear();
        return all;
    }

    public void clear() {
        pieces.clear();
        small = NONE;
        smallLength = 0;
        length = 0;
        capacity = 0;
        removed = 0;
    }
}
