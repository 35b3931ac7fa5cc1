package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.ScratchBuffer;
import io.framegate.wire.embedded.DocumentCutter;
import io.framegate.wire.embedded.DocumentReader;
import io.framegate.wire.json.JsonPacketReader;
import io.framegate.wire.xml.XmlPacketReader;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
 * <p>A second document is another event, without images. Empty parts are ignored, and so are form fields beside an
 * event or a picture. Bytes of an unknown kind, in a part or outside the parts, are rejected whole
 * ({@link UnknownBytes}). Bytes that the sender calls a picture stay in the event for the routes to check, if the event
 * has other known content.
 *
 * <p>Packets are passed on before rejects. Holds at most {@link PacketLimits#maxPacketLength()} bytes until the body
 * ends. Not thread-safe.
 */
final class HttpMultipartBody implements HttpBody {

    private final PacketLimits limits;
    private final MultipartCutter cutter;
    private final Consumer<Received> out;
    private final List<Packet> documents = new ArrayList<>();
    private final List<PacketImage> images = new ArrayList<>();
    private final List<Received> rejects = new ArrayList<>();
    private final List<Received> unknown = new ArrayList<>();
    private final List<Received> unknownPictures = new ArrayList<>();
    private final List<Received> fields = new ArrayList<>();
    private final boolean beginsWithXml;
    private boolean rejected;

    /**
     * Creates a body.
     *
     * @param kind the kind of the first bytes; XML, JSON or a picture if the first boundary is missing
     * @param boundary the boundary that the request's head names, or an empty text
     */
    HttpMultipartBody(PacketLimits limits, BodyKind kind, String boundary, Consumer<Received> out) {
        boolean data = kind != BodyKind.MULTIPART && kind != BodyKind.OTHER;
        this.limits = limits;
        this.cutter = new MultipartCutter(limits.maxPacketLength(), boundary, data);
        this.out = out;
        beginsWithXml = kind == BodyKind.XML;
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
            String detail = "multipart body: no boundary (expected: a line of two hyphens and the boundary)";
            out.accept(rejected(RejectReason.UNKNOWN_PART, detail, cutter.takeAll()));
            return;
        }
        int number = 0;
        for (MultipartPlaces.Part part : cutter.places().parts()) {
            if (part.outside()) {
                outside(part);
            } else if (!isFull()) {
                read(++number, part);
            }
        }
        handOn();
    }

    private boolean isFull() {
        return documents.size() + rejects.size() > BodyLimit.MAX_PACKETS;
    }

    private void outside(MultipartPlaces.Part cut) {
        String where = cut.from() == 0 ? "bytes before the first boundary" : "bytes after the last boundary";
        MultipartPart part = MultipartPart.of("", cutter.places().take(cut));
        if (!part.isPadding()) {
            unknown(where, part);
        }
    }

    private void read(int number, MultipartPlaces.Part cut) {
        MultipartPart part =
                MultipartPart.of(cutter.places().header(cut), cutter.places().take(cut));
        String name = "part " + number + " of the body";
        if (!cut.ended() && !part.isWhole()) {
            rejects.add(rejected(RejectReason.INCOMPLETE, name + ": no end (expected: a boundary)", part.bytes()));
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
            case XML -> cut(part.bytes(), new XmlPacketReader(HttpCameraDecoder.FORMAT, limits));
            case JSON -> cut(part.bytes(), new JsonPacketReader(HttpCameraDecoder.FORMAT, limits));
            case PICTURE -> images.add(part.image());
            case MULTIPART, OTHER -> unknown(name, part);
        }
    }

    private void unknown(String what, MultipartPart part) {
        RejectedPacket reject = part.unknown(what);
        if (part.isCalledPicture()) {
            unknownPictures.add(reject);
            images.add(part.image());
        } else {
            (part.isField() ? fields : unknown).add(reject);
        }
    }

    private void cut(byte[] part, DocumentReader reader) {
        DocumentCutter documentCutter = new DocumentCutter(
                received -> {
                    if (documents.size() + rejects.size() >= BodyLimit.MAX_PACKETS) {
                        rejects.add(BodyLimit.exceeded());
                    } else if (received instanceof Packet packet) {
                        documents.add(packet);
                    } else {
                        rejects.add(received);
                    }
                },
                reader);
        for (int at = 0; at < part.length && !isFull(); ) {
            at = documentCutter.cut(part, at, part.length);
        }
        if (!isFull()) {
            documentCutter.end("part ended");
        }
    }

    private void handOn() {
        if (documents.isEmpty() && images.size() == unknownPictures.size()) {
            images.clear();
            rejects.addAll(unknownPictures);
        }
        rejects.addAll(unknown);
        if (documents.isEmpty() && images.isEmpty()) {
            rejects.addAll(fields);
        }
        if (!documents.isEmpty() || !images.isEmpty() || rejects.isEmpty()) {
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
        return beginsWithXml && !cutter.hasBoundary();
    }
}
