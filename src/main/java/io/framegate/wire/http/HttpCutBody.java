package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Hash;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.ScratchBuffer;
import io.framegate.wire.embedded.DocumentCutter;
import io.framegate.wire.embedded.DocumentReader;
import io.framegate.wire.json.JsonPacketReader;
import io.framegate.wire.xml.XmlPacketReader;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;

/**
 * A body of XML or JSON packets, usually of one. An empty body is a heartbeat. The body is not aggregated: its pieces
 * go to a {@link DocumentCutter}, as those of a bare socket do.
 */
final class HttpCutBody implements HttpBody {

    private static final String HASH_OF_NOTHING = Hash.sha256(new byte[0]);

    private final Consumer<Received> out;
    private final DocumentCutter cutter;
    private final boolean answeredInXml;
    private int cut;
    private boolean tooLong;

    /** Creates a body of XML packets. */
    static HttpCutBody xml(PacketLimits limits, Consumer<Received> out) {
        return new HttpCutBody(new XmlPacketReader(HttpCameraDecoder.FORMAT, limits), true, out);
    }

    /** Creates a body of JSON documents. */
    static HttpCutBody json(PacketLimits limits, Consumer<Received> out) {
        return new HttpCutBody(new JsonPacketReader(HttpCameraDecoder.FORMAT, limits), false, out);
    }

    private HttpCutBody(DocumentReader reader, boolean answeredInXml, Consumer<Received> out) {
        this.out = out;
        this.answeredInXml = answeredInXml;
        this.cutter = new DocumentCutter(this::handOn, reader);
    }

    private void handOn(Received received) {
        // After a packet that was too long, the rest of the body is part of it.
        if (tooLong) {
            return;
        }
        cut++;
        if (cut > BodyLimit.MAX_PACKETS) {
            tooLong = true;
            out.accept(BodyLimit.exceeded());
            return;
        }
        out.accept(received);
        tooLong |= received instanceof RejectedPacket rejected && rejected.reason() == RejectReason.TOO_LONG;
    }

    @Override
    public void take(ByteBuf piece) {
        if (!tooLong) {
            ScratchBuffer.readUntilStopped(piece, this::cut);
        }
    }

    private int cut(byte[] in, int from, int to) {
        int at = from;
        while (at < to && !tooLong) {
            at = cutter.cut(in, at, to);
        }
        return at;
    }

    @Override
    public void end() {
        cutter.end("request body ended");
        if (cut == 0) {
            handOn(new Packet(HttpCameraDecoder.FORMAT, new byte[0], List.of(), HASH_OF_NOTHING, 0));
        }
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        int before = cut;
        cutter.giveUp(reason, why);
        if (cut == before && !tooLong) {
            String detail = why + " (expected: the end of the request)";
            handOn(new RejectedPacket(HttpCameraDecoder.FORMAT, reason, detail, new byte[0], 0, false));
        }
    }

    @Override
    public int heldBytes() {
        return tooLong ? 0 : cutter.heldBytes();
    }

    @Override
    public boolean isAnsweredInXml() {
        return answeredInXml;
    }
}
