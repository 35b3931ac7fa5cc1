package io.framegate.wire.http;

import io.netty.handler.codec.DecoderException;

/** A request has a body and does not say where it ends. */
final class LengthMissingException extends DecoderException {

    LengthMissingException() {
        super("content length: none (expected: Content-Length, or Transfer-Encoding: chunked)");
    }
}
