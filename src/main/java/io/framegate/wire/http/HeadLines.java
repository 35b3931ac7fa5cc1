package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Checks the line ends of a head. Some boards end all lines of a head with LF alone, which RFC 9112, 2.2 permits. A
 * head in which both ends occur is refused: a proxy may take the single LF for a part of a value, so that it sees other
 * lines. Not thread-safe.
 */
final class HeadLines {

    private boolean inHead = true;
    private boolean begun;
    private boolean crLf;
    private boolean lf;

    /** Whether there is more than line ends and white space, so that a head begins. */
    static boolean hasLine(ByteBuf in) {
        for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
            if (in.getByte(i) > ' ') {
                return true;
            }
        }
        return false;
    }

    /** Begins the next head. */
    void begin() {
        inHead = true;
        begun = false;
        crLf = false;
        lf = false;
    }

    /** Reads bytes of the connection: whole lines of the head, or others, which are ignored. */
    void read(ByteBuf in, int from, int to) {
        for (int at = from; at < to && inHead; at++) {
            byte b = in.getByte(at);
            // Line ends before the first line are none of the head.
            begun |= b > ' ' || b < 0;
            if (b == '\n' && begun) {
                boolean cr = at > from && in.getByte(at - 1) == '\r';
                crLf |= cr;
                lf |= !cr;
            }
        }
    }

    /** Ends the head. Makes the request a failure if it must be refused. */
    void end(HttpRequest request) {
        inHead = false;
        if (request.decoderResult().isFailure()) {
            return;
        }
        try {
            if (crLf && lf) {
                throw new IllegalArgumentException("line ends of the head: CR LF and LF (expected: one of them)");
            }
            HttpHead.check(request.headers());
        } catch (IllegalArgumentException e) {
            request.setDecoderResult(DecoderResult.failure(e));
        }
    }
}
