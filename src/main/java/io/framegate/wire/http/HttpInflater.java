package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates a compressed body in pieces of 16 KB, so the memory does not depend on the compressed bytes. Reads
 * {@code gzip}, also with several members, and {@code deflate}, with the header of zlib or without one.
 *
 * <p>Limits: the length of the inflated body, and 100 times the length of the compressed body when more than 256 KB are
 * inflated. Base64 and XML of cameras shrink to a tenth at best. The output does not depend on the pieces of the input.
 * Holds native memory until {@link #close()}. Not thread-safe.
 */
final class HttpInflater implements AutoCloseable {

    private static final int PIECE = 16 << 10;
    private static final int MAX_RATIO = 100;
    private static final int RATIO_BEGINS = 256 << 10;

    /** The window and the tables of zlib. */
    private static final int NATIVE_MEMORY = 48 << 10;

    private enum State {
        /** Before the first bytes of a body without the header of gzip. */
        BEGIN,
        HEADER,
        DATA,
        TRAILER,
        /** Drops all further bytes. */
        ENDED
    }

    private final int maxLength;
    private final @Nullable GzipFrame gzip;
    private final byte[] inflated = new byte[PIECE];
    private State state;
    private @Nullable Inflater inflater;
    private @Nullable String problem;

    /** Whether more output may follow without another byte of the body. */
    private boolean pending;

    private int first = -1;
    private int filled;
    private long length;
    private long compressed;

    private HttpInflater(boolean gzip, int maxLength) {
        this.gzip = gzip ? new GzipFrame() : null;
        this.state = gzip ? State.HEADER : State.BEGIN;
        this.maxLength = maxLength;
    }

    /** An inflater for a Content-Encoding, or null if bodies of this encoding are read unchanged. */
    static @Nullable HttpInflater of(@Nullable String contentEncoding, int maxLength) {
        String encoding = contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "gzip", "x-gzip" -> new HttpInflater(true, maxLength);
            case "deflate", "x-deflate" -> new HttpInflater(false, maxLength);
            default -> null;
        };
    }

    /**
     * Inflates the next piece of the body and passes on the output, in pieces that are valid until the consumer
     * returns.
     */
    void inflate(ByteBuf piece, Consumer<ByteBuf> out) throws DataFormatException {
        ByteBuffer in = piece.nioBuffer();
        compressed += in.remaining();
        try {
            while ((in.hasRemaining() || pending) && state != State.ENDED && problem == null) {
                if (state == State.DATA) {
                    data(in, out);
                } else {
                    frame(in.get());
                }
            }
        } finally {
            flush(out);
        }
    }

    /** The limit that was exceeded, or null. After that, nothing more is inflated. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Reads a byte that is not compressed. */
    private void frame(byte b) throws DataFormatException {
        if (gzip == null) {
            begin(b);
        } else if (state == State.HEADER) {
            if (gzip.headerEndsWith(b)) {
                dataBegins(true, new byte[0]);
            }
        } else if (gzip.trailerEndsWith(b)) {
            state = State.HEADER;
        }
    }

    /**
     * The first two bytes show whether they are the header of zlib (RFC 1950): a method, a window, and a check of both.
     */
    private void begin(byte b) {
        if (first < 0) {
            first = b & 0xFF;
            return;
        }
        boolean zlib = (first & 0x0F) == 8 && first >>> 4 <= 7 && (first << 8 | (b & 0xFF)) % 31 == 0;
        dataBegins(!zlib, new byte[] {(byte) first, b});
    }

    private void dataBegins(boolean raw, byte[] beginning) {
        close();
        Inflater next = new Inflater(raw);
        next.setInput(beginning);
        inflater = next;
        pending = beginning.length > 0;
        state = State.DATA;
    }

    private void data(ByteBuffer in, Consumer<ByteBuf> out) throws DataFormatException {
        Inflater open = Objects.requireNonNull(inflater);
        if (open.needsInput()) {
            open.setInput(in);
        }
        int room = (int) Math.min(PIECE - filled, maxLength - length + 1);
        long before = open.getBytesWritten();
        try {
            open.inflate(inflated, filled, room);
        } finally {
            // Also before damage: the output up to the damage must not depend on the pieces.
            int more = (int) (open.getBytesWritten() - before);
            if (gzip != null) {
                gzip.inflated(inflated, filled, more);
            }
            filled += more;
            length += more;
            pending = more == room;
        }
        if (open.needsDictionary()) {
            throw new DataFormatException("preset dictionary");
        }
        if (open.finished()) {
            // The bytes after the end stay in the piece.
            state = gzip == null ? State.ENDED : State.TRAILER;
            pending = false;
        }
        checkLimits(in, out);
    }

    /** Compares the lengths only when a piece is full, so the result does not depend on the pieces of the input. */
    private void checkLimits(ByteBuffer in, Consumer<ByteBuf> out) {
        if (length > maxLength) {
            filled--;
            problem = "inflated length: > " + maxLength;
        } else if (filled == PIECE) {
            flush(out);
            if (length > RATIO_BEGINS && length > MAX_RATIO * (compressed - in.remaining())) {
                problem = "inflated length: > " + MAX_RATIO + " times the compressed length";
            }
        }
    }

    private void flush(Consumer<ByteBuf> out) {
        if (filled > 0) {
            int whole = filled;
            filled = 0;
            out.accept(Unpooled.wrappedBuffer(inflated, 0, whole));
        }
    }

    /** Whether the body so far, if it is not empty, ends before the end of its compressed stream. */
    boolean isCutOff() {
        boolean betweenMembers = gzip != null && state == State.HEADER && gzip.isBetweenMembers();
        return compressed > 0 && state != State.ENDED && !betweenMembers;
    }

    /** Bytes of memory held. */
    int heldBytes() {
        return PIECE + (inflater == null ? 0 : NATIVE_MEMORY);
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
