package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.FrameCutter;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.ScratchBuffer;
import io.framegate.wire.json.JsonPacketCutter;
import io.framegate.wire.xml.XmlPacketCutter;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A body of several parts that are one event: a document, XML or JSON, and its images.
 *
 * <pre>
 * PARTS                                                    PACKET
 * --MIME_boundary
 * Content-Type: application/xml
 *                                                          document  &lt;EventNotificationAlert&gt; ...
 * &lt;EventNotificationAlert&gt; ...
 * --MIME_boundary
 * Content-Disposition: form-data; name="licensePlatePicture.jpg"
 * Content-Type: image/jpeg
 *                                                          images    [0] = FF D8 ..., PLATE
 * FF D8 ...
 * --MIME_boundary--
 * </pre>
 *
 * <p>A second document is another event, without images. Form fields and empty parts are ignored. Packets are passed on
 * before rejects. Holds at most {@link PacketLimits#maxPacketLength()} bytes until the body ends. Not thread-safe.
 */
final class HttpMultipartBody implements HttpBody {

    private static final int MAX_NO_MULTIPART = 4 << 10;

    private final PacketLimits limits;
    private final MultipartCutter cutter;
    private final Consumer<Received> out;
    private final List<Packet> documents = new ArrayList<>();
    private final List<PacketImage> images = new ArrayList<>();
    private final List<Received> rejects = new ArrayList<>();
    private boolean rejected;

    HttpMultipartBody(PacketLimits limits, String boundary, Consumer<Received> out) {
        this.limits = limits;
        this.cutter = new MultipartCutter(limits.maxPacketLength(), boundary);
        this.out = out;
    }

    @Override
    public void take(ByteBuf piece) {
        ScratchBuffer.read(piece, cutter::take);
        rejectTooLong();
    }

    private void rejectTooLong() {
        String problem = cutter.problem();
        if (problem != null && !rejected) {
            rejected = true;
            out.accept(rejected(RejectReason.TOO_LONG, problem, cutter.takeAll()));
        }
    }

    @Override
    public void end() {
        cutter.end();
        rejectTooLong();
        if (rejected) {
            return;
        }
        if (!cutter.isMultipart()) {
            byte[] beginning = cutter.bytes(0, Math.min(cutter.length(), MAX_NO_MULTIPART));
            String detail = "multipart body: no boundary (expected: a line of two hyphens and the boundary)";
            out.accept(new RejectedPacket(
                    HttpCameraDecoder.FORMAT, RejectReason.UNKNOWN_FORMAT, detail, beginning, cutter.length(), false));
            return;
        }
        int number = 0;
        for (MultipartCutter.Part part : cutter.parts()) {
            if (!isFull()) {
                read(++number, part);
            }
        }
        handOn();
    }

    private boolean isFull() {
        return documents.size() + rejects.size() > BodyLimit.MAX_PACKETS;
    }

    private void read(int number, MultipartCutter.Part cut) {
        MultipartPart part = MultipartPart.of(cutter.header(cut), cutter.take(cut));
        if (!cut.ended() && !part.isWhole()) {
            String detail = "part " + number + " of the body: no end (expected: a boundary)";
            rejects.add(rejected(RejectReason.INCOMPLETE, detail, part.bytes()));
            return;
        }
        if (part.isEmpty()) {
            return;
        }
        List<PacketImage> inText = part.imagesInText(limits);
        if (!inText.isEmpty()) {
            images.addAll(inText);
            return;
        }
        switch (part.kind()) {
            case XML -> cut(part.bytes(), out -> new XmlPacketCutter(HttpCameraDecoder.FORMAT, limits, out));
            case JSON -> cut(part.bytes(), out -> new JsonPacketCutter(HttpCameraDecoder.FORMAT, limits, out));
            case PICTURE -> images.add(part.image());
            case MULTIPART, OTHER -> {}
        }
    }

    private void cut(byte[] part, Function<Consumer<Received>, FrameCutter> format) {
        FrameCutter documentCutter = format.apply(received -> {
            if (documents.size() + rejects.size() >= BodyLimit.MAX_PACKETS) {
                rejects.add(BodyLimit.exceeded());
            } else if (received instanceof Packet packet) {
                documents.add(packet);
            } else {
                rejects.add(received);
            }
        });
        for (int at = 0; at < part.length && !isFull(); ) {
            at = documentCutter.cut(part, at, part.length);
        }
        if (!isFull()) {
            documentCutter.end("part ended");
        }
    }

    private void handOn() {
        boolean nothing = documents.isEmpty() && images.isEmpty() && rejects.isEmpty();
        if (!documents.isEmpty() || !images.isEmpty() || nothing) {
            List<PacketImage> all = new ArrayList<>(
                    documents.isEmpty() ? List.of() : documents.get(0).images());
            all.addAll(images);
            byte[] document =
                    documents.isEmpty() ? new byte[0] : documents.get(0).document();
            out.accept(new Packet(HttpCameraDecoder.FORMAT, document, all, cutter.sha256(), cutter.length()));
        }
        documents.stream().skip(1).forEach(out);
        rejects.forEach(out);
    }

    @Override
    public void giveUp(RejectReason reason, String why) {
        if (!rejected) {
            rejected = true;
            String detail = why + " (expected: the end of the request)";
            int kept = Math.min(cutter.length(), RejectedPacket.maxContent(reason));
            out.accept(rejected(reason, detail, cutter.bytes(0, kept)));
        }
    }

    private static RejectedPacket rejected(RejectReason reason, String detail, byte[] content) {
        return new RejectedPacket(HttpCameraDecoder.FORMAT, reason, detail, content, content.length, false);
    }

    @Override
    public int heldBytes() {
        return rejected ? 0 : cutter.heldBytes();
    }

    @Override
    public boolean isAnsweredInXml() {
        return false;
    }
}
