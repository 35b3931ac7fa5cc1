package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.FrameProgress;
import io.framegate.wire.PacketLimits;
import io.netty.buffer.ByteBuf;
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
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the requests of cameras into packets. A body is XML, JSON, one picture, several parts, or empty, which is a
 * heartbeat. Each {@code POST} gives at least one packet or reject, so that it is routed, counted and answered.
 *
 * <p>{@link HttpBodies} chooses the {@link HttpBody} that reads a body. A {@code GET} is answered with a page that
 * explains this port. The connection closes after a request that carries no packet, cannot be read, or is given up. One
 * for each channel.
 */
final class HttpCameraDecoder extends SimpleChannelInboundHandler<HttpObject> implements FrameProgress {

    /** The format's name in headers, logs and metrics. */
    static final String FORMAT = "http";

    /** The lines of a head that is not complete: at most 8 KB in 100 lines, each of which is an object. */
    private static final int HEAD_BYTES = 16 << 10;

    private final PacketLimits limits;
    private final @Nullable BasicCredentials credentials;
    private final HttpRequestReader requests;
    private final HttpAnswers answers;
    private final HttpBodies bodies;

    /** Packets and rejects that are not yet passed to the next handler. */
    private final Queue<Received> cut = new ArrayDeque<>();

    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpBody body;
    private @Nullable HttpInflater inflater;
    private @Nullable String cameraId;
    private boolean keepAlive;
    private boolean handedOn;
    private boolean ended;

    HttpCameraDecoder(
            PacketLimits limits,
            @Nullable BasicCredentials credentials,
            LegacyPictures pictures,
            HttpRequestReader requests,
            HttpAnswers answers) {
        this.limits = limits;
        this.credentials = credentials;
        this.requests = requests;
        this.answers = answers;
        this.bodies = new HttpBodies(limits, pictures, this::handOn);
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
            take(ctx, body, content.content());
        }
        if (part instanceof LastHttpContent && body != null) {
            bodyEnds(body);
            dropBody();
            if (!keepAlive) {
                ended = true;
                requests.stop();
            }
            answers.requestEnds(ctx, !keepAlive);
        }
        fireAll(ctx);
    }

    private void take(ChannelHandlerContext ctx, HttpBody next, ByteBuf piece) {
        if (inflater == null) {
            next.take(piece);
            return;
        }
        try {
            inflater.inflate(piece, next::take);
            if (inflater.problem() != null) {
                end(ctx, RejectReason.TOO_LONG, inflater.problem());
            }
        } catch (DataFormatException e) {
            end(ctx, RejectReason.BAD_HTTP, "compressed body damaged: " + printable(String.valueOf(e.getMessage())));
        }
    }

    private void dropBody() {
        body = null;
        if (inflater != null) {
            inflater.close();
            inflater = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropBody();
    }

    private void bodyEnds(HttpBody whole) {
        if (!whole.isAnsweredInXml()) {
            answers.answerPlainly();
        }
        if (inflater != null && inflater.isCutOff() && !handedOn) {
            whole.giveUp(RejectReason.BAD_HTTP, "compressed body ended early");
        } else {
            whole.end();
        }
    }

    private void requestBegins(ChannelHandlerContext ctx, HttpRequest request) {
        answers.requestBegins();
        keepAlive = HttpUtil.isKeepAlive(request);
        cameraId = HttpBodies.cameraId(request.uri());
        handedOn = false;
        body = HttpBody.Ignored.BODY;
        long length = HttpUtil.getContentLength(request, 0L);
        if (credentials != null && !credentials.match(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            reject(RejectReason.UNAUTHORIZED, "user or password missing or wrong", 0);
        } else if (answers.answerNow(request.method())) {
            // Or peers that send such requests without a pause would take the time of the cameras.
            keepAlive = false;
        } else if (length > limits.maxPacketLength()) {
            String detail = "content length: " + length + " (expected: <= " + limits.maxPacketLength() + ")";
            // The response does not wait for the body.
            endConnection(ctx, () -> reject(RejectReason.TOO_LONG, detail, length));
        } else {
            body = bodies.begin(request, ctx.channel().remoteAddress());
            inflater =
                    HttpInflater.of(request.headers().get(HttpHeaderNames.CONTENT_ENCODING), limits.maxPacketLength());
        }
    }

    private void unreadable(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof PrematureChannelClosureException) {
            end(ctx, RejectReason.INCOMPLETE, "connection closed");
        } else {
            end(ctx, RejectReason.BAD_HTTP, printable(String.valueOf(cause.getMessage())));
        }
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
                answers.requestBegins();
                reject(reason, why + " (expected: the end of the request)", 0);
            } else {
                body.giveUp(reason, why);
            }
        });
    }

    private void endConnection(ChannelHandlerContext ctx, Runnable reject) {
        ended = true;
        requests.stop();
        reject.run();
        dropBody();
        answers.requestEnds(ctx, true);
        fireAll(ctx);
    }

    private void reject(RejectReason reason, String detail, long length) {
        handOn(new RejectedPacket(FORMAT, reason, detail, new byte[0], length, false));
    }

    private void handOn(Received received) {
        answers.packetHandedOn();
        handedOn = true;
        if (received instanceof Packet packet && cameraId != null) {
            cut.add(packet.ofCamera(cameraId));
            return;
        }
        boolean last = ended && received instanceof RejectedPacket;
        cut.add(last ? closing((RejectedPacket) received) : received);
    }

    private static RejectedPacket closing(RejectedPacket last) {
        return new RejectedPacket(last.format(), last.reason(), last.detail(), last.content(), last.length(), true);
    }

    /** Called after reading, because the handler of a packet may close the connection or cause another read. */
    private void fireAll(ChannelHandlerContext ctx) {
        for (Received next = cut.poll(); next != null; next = cut.poll()) {
            ctx.fireChannelRead(next);
        }
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
        int inflating = inflater == null ? 0 : inflater.heldBytes();
        int head = midFrame() ? HEAD_BYTES : 0;
        int held = body == null ? head : body.heldBytes();
        return requests.heldBytes() + answers.heldBytes() + inflating + held;
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
