package io.framegate.wire.http;

import io.framegate.wire.Padding;
import io.framegate.wire.jpeg.JpegWalker;

/**
 * Decides whether the data of a part may end at an index, by the end of its kind. Needed if no boundary stands on a
 * separate line.
 *
 * <pre>
 * JPEG   after its last marker, found by {@link JpegWalker}; makers append proprietary bytes
 * PNG    its last chunk      AE 42 60 82
 * GIF    its last block      00 3B
 * XML    a tag               &gt;
 * JSON   an object, an array } ]
 * </pre>
 *
 * <p>Each byte of a JPEG is walked over once, regardless of the number of calls. Not thread-safe.
 */
final class DataEnd {

    /** Copies bytes of the data. */
    @FunctionalInterface
    interface Source {
        byte[] copy(int from, int to);
    }

    /** The maximum number of fill bytes and line ends before and after the data. */
    private static final int MAX_PADDING = 64;

    private static final int PIECE = 64 << 10;

    private final Source source;
    private final JpegWalker walker = new JpegWalker();
    private int from;
    private int walked;

    DataEnd(Source source) {
        this.source = source;
    }

    /** Begins the next data at an index. */
    void begin(int index) {
        from = index;
        walked = -1;
    }

    /** Whether the data may end at an index. The indexes for the same data must not decrease. */
    boolean isAt(int to) {
        byte[] first = source.copy(from, Math.min(to, from + MAX_PADDING + BodyKind.ENOUGH));
        int begin = 0;
        while (begin < first.length && Padding.isBetweenPackets(first[begin])) {
            begin++;
        }
        if (begin == first.length) {
            return false;
        }
        if (first[begin] == (byte) 0xFF) {
            return isAfterJpeg(from + begin, to);
        }
        byte[] last = source.copy(Math.max(from, to - MAX_PADDING), to);
        int end = last.length;
        while (end > 0 && last[end - 1] <= ' ' && last[end - 1] >= 0) {
            end--;
        }
        return switch (first[begin]) {
            case '<' -> endsWith(last, end, '>');
            case '{' -> endsWith(last, end, '}');
            case '[' -> endsWith(last, end, ']');
            case (byte) 0x89 -> endsWith(last, end, 0xAE, 0x42, 0x60, 0x82);
            case 'G' -> endsWith(last, end, 0, ';');
            default -> false;
        };
    }

    private boolean isAfterJpeg(int begin, int to) {
        if (walked < 0) {
            walker.reset();
            walked = begin;
        }
        while (walked < to && !walker.isAtEnd() && !walker.isBroken()) {
            byte[] piece = source.copy(walked, Math.min(to, walked + PIECE));
            walked += walker.walk(piece, 0, piece.length);
        }
        return walker.isAtEnd();
    }

    private static boolean endsWith(byte[] bytes, int end, int... last) {
        if (end < last.length) {
            return false;
        }
        for (int i = 0; i < last.length; i++) {
            if ((bytes[end - last.length + i] & 0xFF) != last[i]) {
                return false;
            }
        }
        return true;
    }
}
