package io.framegate.wire.http;

import io.framegate.wire.WireFormat.Match;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether a body or the next request follows the head of a {@code POST} or {@code PUT} without a length.
 * Cameras send such heartbeats. A body must be neither dropped nor read as the next request.
 *
 * <pre>
 * NEXT BYTES                     HTTP/1.1          HTTP/1.0, not kept alive
 * a method                       no body           no body
 * none for a while, or the end   no body           no body
 * others                         length missing    the body, to the end of the connection
 * </pre>
 *
 * <p>A request whose {@code Content-Type} names a picture or parts has a body, so with HTTP/1.1 its length is missing
 * at once. Not thread-safe.
 */
final class UnsizedBody {

    private static final List<String> TYPES = List.of("image/", "multipart/", "application/octet-stream", "video/");

    private boolean active;

    /** Whether all further bytes are the body. */
    private boolean toEnd;

    private boolean mayEndWithConnection;
    private boolean hasType;

    /** Begins after the head of a request that Netty reads as one without a body. */
    void begin(HttpRequest request) {
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        mayEndWithConnection = !request.protocolVersion().isKeepAliveDefault() && !HttpUtil.isKeepAlive(request);
        hasType = TYPES.stream().anyMatch(type.strip()::startsWith);
        active = true;
    }

    /** Whether a head without a length may have a body. */
    static boolean isUnsized(HttpRequest request) {
        boolean carriesBody = HttpMethod.POST.equals(request.method()) || HttpMethod.PUT.equals(request.method());
        return carriesBody
                && request.decoderResult().isSuccess()
                && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED, true);
    }

    boolean isActive() {
        return active;
    }

    /** Whether the request has no body if nothing follows for a while. */
    boolean isEmptyIfIdle() {
        return active && !toEnd && !hasType;
    }

    /** Whether the length is missing, regardless of the bytes that follow. */
    boolean isMissing() {
        return hasType && !mayEndWithConnection;
    }

    /**
     * Decodes the next bytes, after line ends.
     *
     * @return whether they are the next request, so that this one has no body
     */
    boolean decode(ByteBuf in, List<Object> out) {
        Match request = toEnd ? Match.NO : request(in);
        if (request == Match.NO) {
            body(in, out);
        }
        return request == Match.YES;
    }

    private static Match request(ByteBuf in) {
        while (in.isReadable() && (in.getByte(in.readerIndex()) == '\r' || in.getByte(in.readerIndex()) == '\n')) {
            in.skipBytes(1);
        }
        return in.isReadable() ? HttpFormat.beginsRequest(in) : Match.MORE;
    }

    private void body(ByteBuf in, List<Object> out) {
        if (!in.isReadable()) {
            return;
        }
        if (mayEndWithConnection) {
            toEnd = true;
            out.add(new DefaultHttpContent(in.readRetainedSlice(in.readableBytes())));
        } else {
            end();
            in.skipBytes(in.readableBytes());
            out.add(refused(new LengthMissingException()));
        }
    }

    /** Ends with the connection. Bytes that may have begun a request are a body. */
    void connectionEnds(ByteBuf in, List<Object> out) {
        if (!decode(in, out) && active) {
            body(in, out);
        }
        if (active) {
            end();
            out.add(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    /** The last part of a request that cannot be read. */
    static HttpContent refused(Exception why) {
        HttpContent refused = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        refused.setDecoderResult(DecoderResult.failure(why));
        return refused;
    }

    void end() {
        active = false;
        toEnd = false;
    }
}
