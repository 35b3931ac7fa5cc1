package io.framegate.wire;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns camera requests into packets: XML in a body, one picture in a body (old firmware), or an empty body, which is a
 * heartbeat. Every request gives at least one packet, so that it is routed, counted and answered like any other.
 *
 * <p>Bodies are never aggregated: pieces go to the same {@link XmlPacketCutter} as bare XML. A {@code GET} is answered with a
 * page that says what this port is. One for each channel.
 */
final class HttpCameraDecoder extends SimpleChannelInboundHandler<HttpObject> implements FrameProgress {

    /** The format's name in headers, logs and metrics. */
    static final String FORMAT = "http";

    private enum Body {
        NONE,
        XML,
        PICTURE,
        IGNORED
    }

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en"><meta charset="utf-8"><title>Framegate</title>
            <h1>Framegate</h1>
            <p>This port receives camera images: point a camera's alarm server, or its HTTP POST, at this address.
            There is nothing to see here.</p></html>
            """;

    private final XmlLimits limits;
    private final @Nullable BasicCredentials credentials;
    private final LegacyPictures pictures;
    private final HttpProgress progress;
    private final HttpAnswers answers;
    private final XmlPacketCutter cutter;

    private @Nullable ChannelHandlerContext context;
    private Body body = Body.NONE;
    private boolean keepAlive;
    private String path = "";
    private @Nullable String currentTime;
    private ByteArrayOutputStream picture = new ByteArrayOutputStream(0);
    private int packets;

    HttpCameraDecoder(
            XmlLimits limits,
            @Nullable BasicCredentials credentials,
            LegacyPictures pictures,
            HttpProgress progress,
            HttpAnswers answers) {
        this.limits = limits;
        this.credentials = credentials;
        this.pictures = pictures;
        this.progress = progress;
        this.answers = answers;
        this.cutter = new XmlPacketCutter(FORMAT, limits, this::handOn);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.fireUserEventTriggered(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            unreadable(ctx, part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpRequest request) {
            requestBegins(request);
        }
        if (part instanceof HttpContent content) {
            bodyGoesOn(content.content());
        }
        if (part instanceof LastHttpContent && body != Body.NONE) {
            requestEnds(ctx);
        }
    }

    private void requestBegins(HttpRequest request) {
        progress.requestBegins();
        answers.requestBegins();
        packets = 0;
        keepAlive = HttpUtil.isKeepAlive(request);
        path = request.uri().split("\\?", 2)[0];
        currentTime = request.headers().get("CurrentTime");
        long length = HttpUtil.getContentLength(request, 0L);
        if (credentials != null && !credentials.match(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            body = Body.IGNORED;
            reject(RejectReason.UNAUTHORIZED, "user or password missing or wrong", 0);
        } else if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            body = Body.IGNORED;
            answers.answerNow(HttpAnswers.response(HttpResponseStatus.OK, "text/html; charset=utf-8", PAGE));
        } else if (!request.method().equals(HttpMethod.POST)
                && !request.method().equals(HttpMethod.PUT)) {
            body = Body.IGNORED;
            answers.answerNow(HttpAnswers.response(
                    HttpResponseStatus.METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", "expected: POST\n"));
        } else if (length > limits.maxPacketLength()) {
            body = Body.IGNORED;
            keepAlive = false;
            String detail = "content length: " + length + " (expected: <= " + limits.maxPacketLength() + ")";
            reject(RejectReason.TOO_LONG, detail, length);
        } else if (LegacyPictures.isPicture(path)) {
            body = Body.PICTURE;
        } else {
            body = Body.XML;
        }
    }

    private void bodyGoesOn(ByteBuf content) {
        if (body == Body.XML) {
            Scratch.read(content, cutter::cut);
        } else if (body == Body.PICTURE) {
            ByteBuf piece = content;
            if (picture.size() + piece.readableBytes() > limits.maxPacketLength()) {
                String detail = "picture length: > " + limits.maxPacketLength() + " (expected: <=)";
                reject(RejectReason.TOO_LONG, detail, picture.size());
                endPicture();
                body = Body.IGNORED;
                return;
            }
            Scratch.read(piece, (in, from, to) -> picture.write(in, from, to - from));
        }
    }

    private void requestEnds(ChannelHandlerContext ctx) {
        if (body == Body.XML) {
            cutter.giveUp(RejectReason.INCOMPLETE, "request body ended");
            if (packets == 0) {
                handOn(new Packet(FORMAT, new byte[0], List.of(), hash(new byte[0]), 0));
            }
        } else if (body == Body.PICTURE) {
            handOnPicture();
        }
        body = Body.NONE;
        progress.requestEnds();
        answers.requestEnds(ctx, !keepAlive);
    }

    private void handOnPicture() {
        byte[] bytes = picture.toByteArray();
        endPicture();
        if (bytes.length == 0) {
            handOn(new Packet(FORMAT, bytes, List.of(), hash(bytes), 0));
            return;
        }
        LegacyPictures.Joined joined = pictures.join(peer(), currentTime, path);
        PacketImage image = new PacketImage(bytes, hash(bytes), bytes.length, joined.position(), null);
        handOn(new Packet(FORMAT, joined.document(), List.of(image), hash(bytes), bytes.length));
    }

    private void endPicture() {
        picture = new ByteArrayOutputStream(0);
    }

    private void unreadable(ChannelHandlerContext ctx, Throwable cause) {
        if (body == Body.NONE) {
            answers.requestBegins();
        }
        cutter.giveUp(RejectReason.INCOMPLETE, "request body ended");
        String detail = String.valueOf(cause.getMessage());
        handOn(new RejectedPacket(FORMAT, RejectReason.BAD_HTTP, printable(detail), new byte[0], 0, true));
        body = Body.NONE;
        progress.requestEnds();
        answers.requestEnds(ctx, true);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A damaged gzip body, for example. The codec cannot go on behind it.
        unreadable(ctx, cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        giveUp(RejectReason.INCOMPLETE, "connection closed");
        ctx.fireChannelInactive();
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (!midFrame() || context == null) {
            return;
        }
        int before = packets;
        cutter.giveUp(reason, why);
        if (packets == before && body != Body.IGNORED) {
            reject(reason, why + " (expected: the end of the request)", picture.size());
        }
        endPicture();
        body = Body.NONE;
        progress.requestEnds();
        answers.requestEnds(context, true);
    }

    private void reject(RejectReason reason, String detail, long length) {
        handOn(new RejectedPacket(FORMAT, reason, detail, picture.toByteArray(), length, false));
    }

    private void handOn(Received received) {
        packets++;
        if (received instanceof Packet packet && packet.images().isEmpty()) {
            pictures.remember(peer(), currentTime, packet.document());
        }
        answers.packetHandedOn();
        if (context != null) {
            context.fireChannelRead(received);
        }
    }

    private String peer() {
        SocketAddress address = context == null ? null : context.channel().remoteAddress();
        return address instanceof InetSocketAddress inet ? inet.getHostString() : String.valueOf(address);
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(PacketDraft.sha256().digest(bytes));
    }

    private static String printable(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.substring(0, Math.min(printable.length(), 200));
    }

    @Override
    public boolean midFrame() {
        return progress.midRequest();
    }

    @Override
    public long framesBegun() {
        return progress.begun();
    }

    @Override
    public int heldBytes() {
        return cutter.heldBytes() + picture.size();
    }
}
