package io.framegate.wire.http;

import io.netty.handler.codec.DecoderException;

/** Thrown if a request has a body without a length. */
final class LengthMissingException extends DecoderException {

    LengthMissingException() {
        super("content length: none (expected: Content-Length, or Transfer-Encoding: chunked)");
    }
}
