package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;

/**
 * Checks that CR and LF follow the data of each chunk and end each line after the last one. Netty's decoder skips all
 * bytes up to the next LF, so it could find another end of the body than a proxy. Follows the chunks by their sizes;
 * Netty checks everything else. Not thread-safe.
 */
final class ChunkEnds {

    private static final int LINE_END = 2;

    private boolean chunked;
    private boolean following;

    /** Bytes up to the next line with a size: those of the data and of its line end. */
    private long left;

    /** Begins the body of a request. */
    void begin(boolean chunked) {
        this.chunked = chunked;
        following = chunked;
        left = 0;
    }

    /**
     * Checks the next bytes of the body.
     *
     * @return the number of bytes that Netty may decode next; -1 if a required line end is missing
     */
    int decodable(ByteBuf in) {
        int readable = in.readableBytes();
        if (following && left == 0) {
            size(in);
        }
        if (chunked && !following && left == 0) {
            return lastLine(in);
        }
        if (left > LINE_END) {
            return (int) Math.min(readable, left - LINE_END);
        }
        boolean lineEnd = left == 0 || (isByte(in, left - 2, '\r') && isByte(in, left - 1, '\n'));
        return lineEnd ? readable : -1;
    }

    /** The line of the last chunk, a trailer, or the empty line after them. */
    private static int lastLine(ByteBuf in) {
        int lineEnd = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        if (lineEnd < 0) {
            return in.readableBytes();
        }
        boolean cr = lineEnd > in.readerIndex() && in.getByte(lineEnd - 1) == '\r';
        return cr ? lineEnd + 1 - in.readerIndex() : -1;
    }

    /** The body ends after a chunk of size zero. Netty refuses a size that is not a number. */
    private void size(ByteBuf in) {
        int lineEnd = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        if (lineEnd < 0) {
            return;
        }
        long size = 0;
        int at = in.readerIndex();
        while (Character.digit(in.getByte(at), 16) >= 0 && size < Integer.MAX_VALUE) {
            size = size << 4 | Character.digit(in.getByte(at), 16);
            at++;
        }
        following = size > 0;
        left = following ? lineEnd + 1 - in.readerIndex() + size + LINE_END : 0;
    }

    /**
     * Whether the byte at this index, counted from the next byte, is the expected one. Also true for a byte that has
     * not arrived yet or was already read.
     */
    private static boolean isByte(ByteBuf in, long index, char expected) {
        return index < 0 || index >= in.readableBytes() || in.getByte(in.readerIndex() + (int) index) == expected;
    }

    /** Counts the bytes that Netty has decoded. */
    void decoded(int count) {
        left = Math.max(0, left - count);
    }
}
