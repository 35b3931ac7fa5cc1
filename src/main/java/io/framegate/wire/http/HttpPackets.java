package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectedPacket;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The packets and rejects of a connection's requests, which wait until the decoder has read a piece. One instance per
 * channel, used on its event loop only.
 */
final class HttpPackets {

    private final HttpAnswers answers;
    private final Queue<Received> cut = new ArrayDeque<>();
    private @Nullable String cameraId;
    private @Nullable InetSocketAddress client;
    private boolean none;
    private boolean closing;

    HttpPackets(HttpAnswers answers) {
        this.answers = answers;
    }

    /** Begins the packets of the next request, which comes from this sender. */
    void requestBegins(HttpSender sender) {
        cameraId = sender.cameraId();
        client = sender.client();
        none = true;
    }

    /** Whether the request has given neither a packet nor a reject. */
    boolean isNone() {
        return none;
    }

    /** Makes all later rejects end the connection. */
    void close() {
        closing = true;
    }

    void add(Received received) {
        answers.packetHandedOn();
        none = false;
        if (received instanceof Packet packet) {
            Packet named = cameraId == null ? packet : packet.ofCamera(cameraId);
            cut.add(client == null ? named : named.ofClient(client));
        } else if (received instanceof RejectedPacket rejected) {
            RejectedPacket last = closing ? rejected.asLast() : rejected;
            cut.add(client == null ? last : last.ofClient(client));
        }
    }

    /** Called after reading, because the handler of a packet may close the connection or cause another read. */
    void fireAll(ChannelHandlerContext ctx) {
        for (Received next = cut.poll(); next != null; next = cut.poll()) {
            ctx.fireChannelRead(next);
        }
    }
}
