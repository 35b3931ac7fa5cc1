package io.framegate.wire.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.RETRY_AFTER;
import static io.netty.handler.codec.http.HttpHeaderNames.WWW_AUTHENTICATE;

import io.framegate.event.RejectReason;
import io.framegate.wire.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one response for each request, in the order of the requests, when all packets of the request have their
 * answers. The worst answer decides, because a camera drops its picture after {@code 200}; but bytes of no known kind
 * are kept, so they do not refuse the picture or the event beside them.
 *
 * <p>One for each channel; used on its event loop only.
 */
final class HttpAnswers extends ChannelOutboundHandlerAdapter {

    /** The body of a successful response. Without it, cameras disconnect and send again. */
    static final String SUCCESS =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <config version="1.0" xmlns="http://www.ipc.com/ver10"><status>success</status></config>
            """;

    private static final String TEXT = "text/plain; charset=utf-8";

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en"><meta charset="utf-8"><title>Framegate</title>
            <h1>Framegate</h1>
            <p>This port receives camera images: point a camera's alarm server, or its HTTP POST, at this address.
            There is nothing to see here.</p></html>
            """;

    private static final ByteBuf SUCCESS_BYTES = bytes(SUCCESS);
    private static final ByteBuf OK_BYTES = bytes("ok\n");
    private static final ByteBuf PAGE_BYTES = bytes(PAGE);

    /** Responses that a peer does not read must not fill the memory. A camera reads one before its next request. */
    private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(2 << 10, 4 << 10);

    private static final class Pending {
        private int awaited;
        private boolean ended;
        private boolean closing;
        private boolean plain;
        private boolean accepted;
        private Answer worst = Answer.ACCEPTED;
        private @Nullable Supplier<FullHttpResponse> response;

        void add(Answer answer) {
            accepted |= answer.reason() == null;
            if (rank(answer) > rank(worst)) {
                worst = answer;
            }
        }

        Answer answer() {
            return accepted && rank(worst) == 1 ? Answer.ACCEPTED : worst;
        }
    }

    /** A peer may pipeline this number of requests. */
    private static final int MAX_PENDING = 16;

    private static final int PENDING_BYTES = 64;
    private static final int RETRY_SECONDS = 5;

    private final Deque<Pending> pending = new ArrayDeque<>();

    /** Whether the next request must wait for an answer to be written. */
    boolean isFull() {
        return pending.size() >= MAX_PENDING;
    }

    int heldBytes() {
        return pending.size() * PENDING_BYTES;
    }

    void requestBegins() {
        pending.addLast(new Pending());
    }

    /** Counts a packet of the last request. The response waits for its answer. */
    void packetHandedOn() {
        pending.getLast().awaited++;
    }

    /** Makes a successful response to the last request plain text instead of XML. */
    void answerPlainly() {
        pending.getLast().plain = true;
    }

    /**
     * Ends the last request.
     *
     * @param closing whether the connection closes after the response
     */
    void requestEnds(ChannelHandlerContext ctx, boolean closing) {
        pending.getLast().ended = true;
        pending.getLast().closing = closing;
        writeReady(ctx);
    }

    /**
     * Sets the response to the last request if its method carries no packet. The response is made when it is written.
     *
     * @return false for POST and PUT
     */
    boolean answerNow(HttpMethod method) {
        if (HttpMethod.POST.equals(method) || HttpMethod.PUT.equals(method)) {
            return false;
        }
        boolean get = HttpMethod.GET.equals(method);
        boolean head = HttpMethod.HEAD.equals(method);
        pending.getLast().response =
                get ? HttpAnswers::page : head ? HttpAnswers::headOfPage : HttpAnswers::methodNotAllowed;
        return true;
    }

    /** A page that explains this port to people. */
    private static FullHttpResponse page() {
        return response(HttpResponseStatus.OK, "text/html; charset=utf-8", PAGE_BYTES.duplicate());
    }

    /** The response to a HEAD request: that of GET without its body. */
    private static FullHttpResponse headOfPage() {
        return page().replace(Unpooled.EMPTY_BUFFER);
    }

    private static FullHttpResponse methodNotAllowed() {
        return response(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected: POST\n");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setWriteBufferWaterMark(UNREAD);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (!(msg instanceof Answer answer)) {
            ctx.write(msg, promise);
            return;
        }
        promise.trySuccess();
        for (Pending request : pending) {
            if (request.awaited > 0) {
                request.awaited--;
                request.add(answer);
                break;
            }
        }
        writeReady(ctx);
    }

    /** An answer counts more than all with a smaller rank. After a temporary failure the camera shall send again. */
    private static int rank(Answer answer) {
        RejectReason reason = answer.reason();
        if (reason == null) {
            return 0;
        }
        boolean temporary = reason == RejectReason.NOT_STORED || reason == RejectReason.OVERLOADED;
        return reason.isAcceptedBesideOthers() ? 1 : temporary ? 3 : 2;
    }

    private void writeReady(ChannelHandlerContext ctx) {
        boolean written = false;
        for (Pending first = pending.peekFirst();
                first != null && first.ended && first.awaited == 0;
                first = pending.peekFirst()) {
            pending.removeFirst();
            FullHttpResponse response =
                    first.response != null ? first.response.get() : response(first.answer(), first.plain);
            if (first.closing) {
                response.headers().set(CONNECTION, HttpHeaderValues.CLOSE);
            }
            ctx.write(response);
            written = true;
        }
        if (written) {
            ctx.flush();
        }
    }

    private static FullHttpResponse response(Answer answer, boolean plain) {
        if (answer.reason() == null && plain) {
            return response(HttpResponseStatus.OK, TEXT, OK_BYTES.duplicate());
        }
        if (answer.reason() == null) {
            return response(HttpResponseStatus.OK, "application/xml; charset=utf-8", SUCCESS_BYTES.duplicate());
        }
        HttpResponseStatus status =
                switch (answer.reason()) {
                    case NOT_STORED, OVERLOADED -> HttpResponseStatus.SERVICE_UNAVAILABLE;
                    case UNAUTHORIZED -> HttpResponseStatus.UNAUTHORIZED;
                    case TOO_LONG -> HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
                    case BAD_LENGTH -> HttpResponseStatus.LENGTH_REQUIRED;
                    case DEADLINE_EXCEEDED -> HttpResponseStatus.REQUEST_TIMEOUT;
                    default -> HttpResponseStatus.BAD_REQUEST;
                };
        FullHttpResponse response = response(status, answer.reason().tag() + ": " + answer.detail() + "\n");
        if (answer.reason() == RejectReason.UNAUTHORIZED) {
            response.headers().set(WWW_AUTHENTICATE, "Basic realm=\"framegate\", charset=\"UTF-8\"");
        }
        if (answer.reason() == RejectReason.OVERLOADED) {
            response.headers().set(RETRY_AFTER, RETRY_SECONDS);
        }
        return response;
    }

    private static FullHttpResponse response(HttpResponseStatus status, String text) {
        return response(status, TEXT, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    /** A text that every connection writes without a copy. */
    private static ByteBuf bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }

    private static FullHttpResponse response(HttpResponseStatus status, String contentType, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(CONTENT_TYPE, contentType)
                .set(CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }
}
