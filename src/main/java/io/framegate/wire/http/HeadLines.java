package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Checks the line ends of a head. Some boards end all lines of a head with LF alone, which RFC 9112, 2.2 permits. A
 * head with both line ends is refused: a proxy may read the single LF as part of a value, and so see other lines. Not
 * thread-safe.
 */
final class HeadLines {

    private boolean inHead = true;
    private boolean begun;
    private boolean crLf;
    private boolean lf;

    /** Whether a head begins: the bytes contain more than line ends and white space. */
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
            // Line ends before the first line do not belong to the head.
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
