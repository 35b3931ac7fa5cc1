package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Hash;
import io.framegate.wire.Pieces;
import io.framegate.wire.ScratchBuffer;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A body that is read after all of it has arrived: a picture, or bytes of an unknown kind. An empty body is a
 * heartbeat.
 */
final class HttpWholeBody implements HttpBody {

    private final String what;
    private final int maxLength;
    private final boolean answeredInXml;
    private final Function<byte[], List<Received>> reader;
    private final Consumer<Received> out;
    private final Pieces bytes = new Pieces();
    private boolean rejected;

    /**
     * Creates a body.
     *
     * @param what the content's name in messages
     * @param reader reads a body that is not empty
     */
    HttpWholeBody(
            String what,
            int maxLength,
            boolean answeredInXml,
            Function<byte[], List<Received>> reader,
            Consumer<Received> out) {
        this.what = what;
        this.maxLength = maxLength;
        this.answeredInXml = answeredInXml;
        this.reader = reader;
        this.out = out;
    }

    @Override
    public void take(ByteBuf piece) {
        if (rejected) {
            return;
        }
        if (piece.readableBytes() > maxLength - bytes.length()) {
            reject(RejectReason.TOO_LONG, what + " length: > " + maxLength + " (expected: <= " + maxLength + ")");
            return;
        }
        ScratchBuffer.read(piece, bytes::add);
    }

    @Override
    public void end() {
        if (rejected) {
            return;
        }
        byte[] whole = bytes.takeAll();
        if (whole.length > 0) {
            reader.apply(whole).forEach(out);
        } else {
            out.accept(new Packet(HttpCameraDecoder.FORMAT, whole, List.of(), Hash.sha256(whole), 0));
        }
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

    @Override
    public boolean isAnsweredInXml() {
        return answeredInXml;
    }
}
