package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.Pieces;
import io.framegate.wire.ScratchBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A body that begins as no known kind does. It is rejected whole by the rule of {@link UnknownBytes}, unless it is a
 * text in which XML packets follow. Holds at most {@link PacketLimits#maxPacketLength()} bytes.
 */
final class HttpUnknownBody implements HttpBody {

    private final PacketLimits limits;
    private final String type;
    private final Consumer<Received> out;
    private final Pieces bytes = new Pieces();
    private boolean rejected;

    /**
     * Creates a body.
     *
     * @param type the media type that the request gives it, or an empty text
     */
    HttpUnknownBody(PacketLimits limits, String type, Consumer<Received> out) {
        this.limits = limits;
        this.type = type;
        this.out = out;
    }

    @Override
    public void take(ByteBuf piece) {
        int max = limits.maxPacketLength();
        if (!rejected && piece.readableBytes() > max - bytes.length()) {
            reject(RejectReason.TOO_LONG, "body length: > " + max + " (expected: <= " + max + ")");
        }
        if (!rejected) {
            ScratchBuffer.read(piece, bytes::add);
        }
    }

    @Override
    public void end() {
        if (rejected) {
            return;
        }
        byte[] whole = bytes.takeAll();
        List<Received> packets = UnknownBytes.isText(type, whole) ? xmlPackets(whole) : List.of();
        if (packets.isEmpty()) {
            out.accept(UnknownBytes.reject("body", type, whole));
        } else {
            packets.forEach(out);
        }
    }

    /** The packets and rejects of the text if there is more than text without a packet. */
    private List<Received> xmlPackets(byte[] text) {
        List<Received> all = new ArrayList<>();
        HttpCutBody xml = HttpCutBody.xml(limits, all::add);
        xml.take(Unpooled.wrappedBuffer(text));
        xml.end();
        boolean more = all.stream().anyMatch(HttpUnknownBody::isMore);
        return more ? all : List.of();
    }

    private static boolean isMore(Received received) {
        return received instanceof Packet
                || (received instanceof RejectedPacket reject && reject.reason() != RejectReason.UNKNOWN_FORMAT);
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (!rejected) {
            reject(reason, why + " (expected: the end of the request)");
        }
    }

    private void reject(RejectReason reason, String detail) {
        byte[] content = bytes.first(RejectedPacket.maxContent(reason));
        out.accept(new RejectedPacket(HttpCameraDecoder.FORMAT, reason, detail, content, bytes.length(), false));
        bytes.clear();
        rejected = true;
    }

    @Override
    public int heldBytes() {
        return bytes.capacity();
    }
}
