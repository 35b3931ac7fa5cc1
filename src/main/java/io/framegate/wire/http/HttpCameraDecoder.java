package io.framegate.wire.http;

import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.FrameProgress;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.PeerAddress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the requests of cameras into packets. A body is XML, JSON, one picture, several parts, or empty, which is a
 * heartbeat. Each {@code POST} gives at least one packet or reject, so it is routed, counted and answered.
 *
 * <p>{@link HttpBodies} chooses the {@link HttpBody} that reads a body. A {@code GET} is answered with a page that
 * explains this port. The connection closes after a request that carries no packet, cannot be read, or is given up. One
 * instance per channel.
 */
final class HttpCameraDecoder extends SimpleChannelInboundHandler<HttpObject> implements FrameProgress {

    /** The format's name in headers, logs and metrics. */
    static final String FORMAT = "http";

    /** The memory of an incomplete head: at most 8 KB in 100 lines, each of which is an object. */
    private static final int HEAD_BYTES = 16 << 10;

    private final PacketLimits limits;
    private final HttpOptions options;
    private final HttpRequestReader requests;
    private final HttpAnswers answers;
    private final HttpPackets packets;
    private final HttpBodies bodies;

    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpBody body;
    private boolean keepAlive;
    private boolean ended;

    HttpCameraDecoder(
            PacketLimits limits,
            HttpOptions options,
            LegacyPictures pictures,
            HttpRequestReader requests,
            HttpAnswers answers) {
        this.limits = limits;
        this.options = options;
        this.requests = requests;
        this.answers = answers;
        this.packets = new HttpPackets(answers);
        this.bodies = new HttpBodies(limits, pictures, packets::add);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.fireUserEventTriggered(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (ended) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            unreadable(ctx, part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpRequest request) {
            requestBegins(ctx, request);
        }
        if (part instanceof HttpContent content && body != null) {
            body.take(content.content());
        }
        if (part instanceof LastHttpContent && body != null) {
            if (!body.isAnsweredInXml()) {
                answers.answerPlainly();
            }
            body.end();
            dropBody();
            if (!keepAlive) {
                ended = true;
                requests.stop();
            }
            answers.requestEnds(ctx, !keepAlive);
        }
        packets.fireAll(ctx);
    }

    private void dropBody() {
        if (body != null) {
            body.close();
            body = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropBody();
    }

    private void requestBegins(ChannelHandlerContext ctx, HttpRequest request) {
        answers.requestBegins(request.uri());
        keepAlive = HttpUtil.isKeepAlive(request);
        HttpSender sender = HttpSender.of(request, PeerAddress.of(ctx.channel()), options);
        packets.requestBegins(sender);
        body = new HttpDroppedBody();
        long length = HttpUtil.getContentLength(request, 0L);
        HttpLogin.Refusal refusal =
                options.login() == null ? null : options.login().refusal(request, sender.host());
        if (refusal != null) {
            refuse(ctx, request, refusal);
        } else if (answers.answerNow(request.method())) {
            // Otherwise, peers that send such requests without a pause would take processing time from the cameras.
            keepAlive = false;
        } else if (length > limits.maxPacketLength()) {
            String detail = "content length: " + length + " (expected: <= " + limits.maxPacketLength() + ")";
            // The response does not wait for the body.
            endConnection(ctx, () -> reject(RejectReason.TOO_LONG, detail, length));
        } else {
            if (HttpUtil.is100ContinueExpected(request)) {
                ctx.writeAndFlush(HttpResponses.goOn());
            }
            body = inflated(ctx, request, bodies.begin(request, sender.host()));
        }
    }

    /** Answers 401. Does not wait for a body that the client holds back or that is too large. */
    private void refuse(ChannelHandlerContext ctx, HttpRequest request, HttpLogin.Refusal refusal) {
        String wrong = refusal.reject();
        Runnable answer = wrong == null
                ? () -> answers.challenge(refusal.stale())
                : () -> reject(RejectReason.UNAUTHORIZED, wrong, 0);
        if (HttpUtil.is100ContinueExpected(request)
                || HttpUtil.getContentLength(request, 0L) > limits.maxPacketLength()) {
            endConnection(ctx, answer);
        } else {
            answer.run();
            body = new HttpDroppedBody(limits.maxPacketLength(), () -> endConnection(ctx, () -> {}));
        }
    }

    private HttpBody inflated(ChannelHandlerContext ctx, HttpRequest request, HttpBody read) {
        String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        HttpInflater inflater = HttpInflater.of(encoding, limits.maxPacketLength());
        return inflater == null
                ? read
                : new HttpInflatedBody(inflater, read, packets, (reason, why) -> end(ctx, reason, printable(why)));
    }

    private void unreadable(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof LengthMissingException) {
            endConnection(ctx, () -> lengthMissing(String.valueOf(cause.getMessage())));
        } else if (cause instanceof PrematureChannelClosureException) {
            end(ctx, RejectReason.INCOMPLETE, "connection closed");
        } else {
            end(ctx, RejectReason.BAD_HTTP, printable(String.valueOf(cause.getMessage())));
        }
    }

    private void lengthMissing(String detail) {
        if (body == null) {
            unreadBegins();
        }
        if (!(body instanceof HttpDroppedBody)) {
            reject(RejectReason.BAD_LENGTH, detail, 0);
        }
    }

    /** Begins a request whose head cannot be read. */
    private void unreadBegins() {
        answers.requestBegins("/");
        packets.requestBegins(HttpSender.PEER);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean connectionLost = cause instanceof IOException || cause.getCause() instanceof IOException;
        if (cause instanceof DecoderException && !connectionLost) {
            if (!ended) {
                unreadable(ctx, cause);
            }
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireUserEventTriggered(this);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        giveUp(RejectReason.INCOMPLETE, "connection closed");
        ctx.fireChannelInactive();
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (midFrame() && context != null) {
            end(context, reason, why);
        }
    }

    /** Rejects the request that has begun and ends the connection. */
    private void end(ChannelHandlerContext ctx, RejectReason reason, String why) {
        endConnection(ctx, () -> {
            if (body == null) {
                unreadBegins();
                reject(reason, why + " (expected: the end of the request)", 0);
            } else {
                body.giveUp(reason, why);
            }
        });
    }

    private void endConnection(ChannelHandlerContext ctx, Runnable reject) {
        ended = true;
        requests.stop();
        packets.close();
        reject.run();
        dropBody();
        answers.requestEnds(ctx, true);
        packets.fireAll(ctx);
    }

    private void reject(RejectReason reason, String detail, long length) {
        packets.add(new RejectedPacket(FORMAT, reason, detail, new byte[0], length, false));
    }

    private static String printable(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.substring(0, Math.min(printable.length(), 200));
    }

    @Override
    public boolean midFrame() {
        return !ended && (body != null || requests.midRequest());
    }

    @Override
    public long framesBegun() {
        return requests.begun();
    }

    @Override
    public int heldBytes() {
        int head = midFrame() ? HEAD_BYTES : 0;
        int held = body == null ? head : body.heldBytes();
        return requests.heldBytes() + answers.heldBytes() + held;
    }

    @Override
    public boolean isFull() {
        return answers.isFull();
    }

    @Override
    public void resume() {
        requests.resume();
    }
}
