package io.framegate.wire.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.RETRY_AFTER;
import static io.netty.handler.codec.http.HttpHeaderNames.WWW_AUTHENTICATE;

import io.framegate.event.RejectReason;
import io.framegate.wire.Answer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one response for each request, in the order of the requests, when all packets of the request have their
 * answers. The worst answer decides, because a camera drops its picture after {@code 200}; but bytes of an unknown kind
 * are kept, so the picture or the event beside them is not refused.
 *
 * <p>One instance per channel, used on its event loop only.
 */
final class HttpAnswers extends ChannelOutboundHandlerAdapter {

    /** Responses that a peer does not read must not fill the memory. A camera reads one before its next request. */
    private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(2 << 10, 4 << 10);

    private static final class Pending {
        private final String path;
        private int awaited;
        private boolean ended;
        private boolean closing;
        private boolean plain;
        private @Nullable Answer accepted;
        private Answer worst = Answer.ACCEPTED;
        private @Nullable Supplier<FullHttpResponse> response;

        Pending(String path) {
            this.path = path;
        }

        void add(Answer answer) {
            if (answer.reason() == null) {
                // The first accepting answer with a dialect counts.
                accepted = accepted == null || accepted.dialect() == null ? answer : accepted;
            } else if (rank(answer) > rank(worst)) {
                worst = answer;
            }
        }

        /** The answer of the request. */
        Answer answer() {
            return accepted != null && rank(worst) < 2 ? accepted : worst;
        }
    }

    /** A peer may pipeline this number of requests. */
    private static final int MAX_PENDING = 16;

    private static final int PENDING_BYTES = 64 + SuccessBody.MAX_PATH;
    private static final int RETRY_SECONDS = 5;
    private static final String MISSING = "user and password missing (expected: Basic or Digest)";

    private final HttpOptions options;
    private final Deque<Pending> pending = new ArrayDeque<>();

    HttpAnswers(HttpOptions options) {
        this.options = options;
    }

    /** Whether the next request must wait for an answer to be written. */
    boolean isFull() {
        return pending.size() >= MAX_PENDING;
    }

    int heldBytes() {
        return pending.size() * PENDING_BYTES;
    }

    /** Begins the next request, to this target. */
    void requestBegins(String uri) {
        pending.addLast(new Pending(SuccessBody.safePath(uri)));
    }

    /** Counts a packet of the last request. The response waits for its answer. */
    void packetHandedOn() {
        pending.getLast().awaited++;
    }

    /**
     * Makes a successful response to the last request plain text instead of XML, unless its dialect has a separate
     * body.
     */
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
                get ? HttpResponses::page : head ? HttpResponses::headOfPage : HttpResponses::methodNotAllowed;
        return true;
    }

    /** Answers the last request, which has no packet, with the login challenges. */
    void challenge(boolean stale) {
        String detail = stale ? "nonce expired or used (expected: the new one)" : MISSING;
        pending.getLast().response = () -> unauthorized(detail, stale);
    }

    private FullHttpResponse unauthorized(String detail, boolean stale) {
        String text = RejectReason.UNAUTHORIZED.tag() + ": " + detail + "\n";
        FullHttpResponse response = HttpResponses.text(HttpResponseStatus.UNAUTHORIZED, text);
        if (options.login() != null) {
            response.headers().add(WWW_AUTHENTICATE, options.login().challenges(stale));
        }
        return response;
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

    /** An answer overrides all answers of a lower rank. After a temporary failure, the camera must send again. */
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
            FullHttpResponse response = first.response != null ? first.response.get() : response(first.answer(), first);
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

    private FullHttpResponse response(Answer answer, Pending request) {
        if (answer.reason() == null) {
            SuccessBody body = options.answer() != null
                    ? options.answer()
                    : SuccessBody.of(answer.dialect(), request.path, !request.plain);
            return body.response(request.path);
        }
        if (answer.reason() == RejectReason.UNAUTHORIZED) {
            return unauthorized(answer.detail(), false);
        }
        HttpResponseStatus status =
                switch (answer.reason()) {
                    case NOT_STORED, OVERLOADED -> HttpResponseStatus.SERVICE_UNAVAILABLE;
                    case TOO_LONG -> HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
                    case BAD_LENGTH -> HttpResponseStatus.LENGTH_REQUIRED;
                    case DEADLINE_EXCEEDED -> HttpResponseStatus.REQUEST_TIMEOUT;
                    default -> HttpResponseStatus.BAD_REQUEST;
                };
        FullHttpResponse response = HttpResponses.text(status, answer.reason().tag() + ": " + answer.detail() + "\n");
        if (answer.reason() == RejectReason.OVERLOADED) {
            response.headers().set(RETRY_AFTER, RETRY_SECONDS);
        }
        return response;
    }
}
