package io.framegate.wire.http;

import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XML packets, JSON events and pictures in HTTP/1.1 requests. Recognised by the name of a method. Netty's codec reads
 * HTTP; {@link HttpCameraDecoder} reads the bodies.
 */
public final class HttpFormat implements WireFormat {

    private static final List<byte[]> BEGINNINGS = List.of(
            ascii("POST "),
            ascii("GET "),
            ascii("PUT "),
            ascii("HEAD "),
            ascii("OPTIONS "),
            ascii("PATCH "),
            ascii("DELETE "));

    private final PacketLimits limits;
    private final HttpOptions options;
    private final LegacyPictures pictures = new LegacyPictures();

    /**
     * Creates the format.
     *
     * @param options the listener's options for requests, or null for {@link HttpOptions#DEFAULT}
     */
    public HttpFormat(PacketLimits limits, @Nullable HttpOptions options) {
        this.limits = limits;
        this.options = options == null ? HttpOptions.DEFAULT : options;
    }

    @Override
    public Match match(ByteBuf first) {
        return beginsRequest(first);
    }

    /** Whether the bytes begin with the name of a method. */
    static Match beginsRequest(ByteBuf first) {
        Match match = Match.NO;
        for (byte[] beginning : BEGINNINGS) {
            int length = Math.min(beginning.length, first.readableBytes());
            int same = 0;
            while (same < length && first.getByte(first.readerIndex() + same) == beginning[same]) {
                same++;
            }
            if (same == beginning.length) {
                return Match.YES;
            }
            if (same == length) {
                match = Match.MORE;
            }
        }
        return match;
    }

    @Override
    public boolean isAnswered() {
        return true;
    }

    @Override
    public List<ChannelHandler> newHandlers() {
        HttpAnswers answers = new HttpAnswers(options);
        HttpRequestReader requests = new HttpRequestReader(answers);
        return List.of(
                requests,
                new HttpResponseEncoder(),
                new HttpServerKeepAliveHandler(),
                answers,
                new HttpCameraDecoder(limits, options, pictures, requests, answers));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
