package io.framegate.wire;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A body that is one picture; an empty one is a heartbeat. */
final class HttpPictureBody implements HttpBody {

    private final int maxLength;
    private final Supplier<LegacyPictures.Joined> event;
    private final Consumer<Received> out;
    private final ByteArrayOutputStream picture = new ByteArrayOutputStream(0);
    private boolean rejected;

    /** A picture of this event, which is asked for when the picture is whole. */
    HttpPictureBody(int maxLength, Supplier<LegacyPictures.Joined> event, Consumer<Received> out) {
        this.maxLength = maxLength;
        this.event = event;
        this.out = out;
    }

    @Override
    public void take(ByteBuf piece) {
        if (rejected) {
            return;
        }
        if (piece.readableBytes() > maxLength - picture.size()) {
            reject(RejectReason.TOO_LONG, "picture length: > " + maxLength + " (expected: <= " + maxLength + ")");
            return;
        }
        Scratch.read(piece, (in, from, to) -> picture.write(in, from, to - from));
    }

    @Override
    public void end() {
        if (rejected) {
            return;
        }
        byte[] bytes = picture.toByteArray();
        String sha256 = PacketDraft.hash(bytes);
        if (bytes.length == 0) {
            out.accept(new Packet(HttpCameraDecoder.FORMAT, bytes, List.of(), sha256, 0));
            return;
        }
        LegacyPictures.Joined joined = event.get();
        PacketImage image = new PacketImage(bytes, sha256, bytes.length, joined.position(), null);
        out.accept(new Packet(HttpCameraDecoder.FORMAT, joined.document(), List.of(image), sha256, bytes.length));
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (!rejected) {
            reject(reason, why + " (expected: the end of the request)");
        }
    }

    private void reject(RejectReason reason, String detail) {
        byte[] content = PacketDraft.contentOf(reason, picture.toByteArray());
        out.accept(new RejectedPacket(HttpCameraDecoder.FORMAT, reason, detail, content, picture.size(), false));
        picture.reset();
        rejected = true;
    }

    @Override
    public int heldBytes() {
        return rejected ? 0 : picture.size();
    }
}
