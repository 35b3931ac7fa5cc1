package io.framegate.wire.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Creates responses. Stateless. */
final class HttpResponses {

    private static final ByteBuf PAGE = shared(
            """
            <!DOCTYPE html>
            <html lang="en"><meta charset="utf-8"><title>Framegate</title>
            <h1>Framegate</h1>
            <p>This port receives camera images: point a camera's alarm server, or its HTTP POST, at this address.
            There is nothing to see here.</p></html>
            """);

    private static final FullHttpResponse CONTINUE =
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);

    private HttpResponses() {}

    /** Asks for a body that the client holds back. */
    static FullHttpResponse goOn() {
        return CONTINUE.retainedDuplicate();
    }

    /** A page that explains this port to a person. */
    static FullHttpResponse page() {
        return of(HttpResponseStatus.OK, "text/html; charset=utf-8", PAGE.duplicate());
    }

    /** The response to a HEAD request: that of GET without its body. */
    static FullHttpResponse headOfPage() {
        return page().replace(Unpooled.EMPTY_BUFFER);
    }

    static FullHttpResponse methodNotAllowed() {
        return text(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected: POST\n");
    }

    static FullHttpResponse text(HttpResponseStatus status, String text) {
        return of(status, "text/plain; charset=utf-8", Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    /** A text that every connection writes without a copy. */
    static ByteBuf shared(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }

    static FullHttpResponse of(HttpResponseStatus status, String contentType, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return response;
    }
}
