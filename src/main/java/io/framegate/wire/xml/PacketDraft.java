package io.framegate.wire.xml;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Base64Text;
import io.framegate.wire.Hash;
import io.framegate.wire.Padding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packet being cut: its document so far, its images so far, and the hash of what was received. Not thread-safe. */
final class PacketDraft {

    private final String format;
    private final MessageDigest digest = Hash.newSha256();
    private final MessageDigest imageDigest = Hash.newSha256();
    private Document document = new Document(0);
    private final List<PacketImage> images = new ArrayList<>();
    private int imageBytes;
    private int length;
    private boolean forbidden;
    private @Nullable Base64Text imageText;
    private int imagePosition = -1;

    /** Bytes that can be taken back from the end. */
    private static final class Document extends ByteArrayOutputStream {

        Document(int capacity) {
            super(capacity);
        }

        byte[] last(int length) {
            return Arrays.copyOfRange(buf, count - length, count);
        }

        void remove(int length) {
            count -= length;
        }
    }

    PacketDraft(String format) {
        this.format = format;
    }

    /** Counts and hashes the next bytes as received. */
    void received(byte[] bytes, int from, int to) {
        digest.update(bytes, from, to - from);
        length += to - from;
    }

    void document(byte[] bytes, int from, int to) {
        document.write(bytes, from, to - from);
    }

    /** The last bytes of the document. */
    byte[] lastBytes(int count) {
        return document.last(count);
    }

    /** Takes the last bytes of the document out of it. */
    byte[] takeBack(int count) {
        byte[] last = document.last(count);
        document.remove(count);
        return last;
    }

    /** Takes bytes out of the packet's length, before it is given up. */
    void uncount(int count) {
        length -= count;
    }

    void beginImage() {
        imageText = new Base64Text(imageDigest);
        imagePosition = -1;
    }

    boolean inImage() {
        return imageText != null;
    }

    /** Takes a piece of an image's text; white space before the text does not begin it. */
    void imageText(byte[] text, int from, int to) {
        int first = from;
        while (imagePosition < 0 && first < to && Padding.isWhiteSpace(text[first])) {
            first++;
        }
        if (first < to && imageText != null) {
            beginText();
            imageText.append(text, first, to);
        }
    }

    /** Takes a piece of an image's text that base64 cannot have. */
    void damagedImageText(byte[] text) {
        if (imageText != null && text.length > 0) {
            beginText();
            imageText.appendDamaged(text);
        }
    }

    private void beginText() {
        if (imagePosition < 0) {
            imagePosition = document.size();
            document.writeBytes(Integer.toString(images.size()).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Ends the image; an element without text is no image. */
    void endImage() {
        if (imageText != null && imagePosition >= 0) {
            imageText.end();
            PacketImage image = new PacketImage(
                    imageText.bytes(),
                    HexFormat.of().formatHex(imageText.sha256()),
                    imageText.encodedLength(),
                    imagePosition,
                    imageText.damage());
            images.add(image);
            imageBytes += image.bytes().length;
        }
        imageText = null;
    }

    void forbid() {
        forbidden = true;
    }

    int length() {
        return length;
    }

    int documentLength() {
        return document.size();
    }

    int imageCount() {
        return images.size();
    }

    int heldBytes() {
        return document.size() + imageBytes + (imageText == null ? 0 : imageText.heldBytes());
    }

    /** The packet, which is whole; forgets it. */
    Received complete() {
        Packet packet = new Packet(
                format, document.toByteArray(), images, HexFormat.of().formatHex(digest.digest()), length);
        boolean wasForbidden = forbidden;
        reset();
        return wasForbidden ? forbidden(packet) : packet;
    }

    private RejectedPacket forbidden(Packet packet) {
        String detail = "document type declaration (expected: none)";
        return new RejectedPacket(
                format, RejectReason.FORBIDDEN_DTD, detail, packet.restored(), packet.length(), false);
    }

    /** The packet, given up; what there is of it goes along, only its beginning if it was too long. Forgets it. */
    RejectedPacket reject(RejectReason reason, String detail) {
        endImage();
        Packet packet = new Packet(format, document.toByteArray(), images, "", length);
        reset();
        return new RejectedPacket(format, reason, detail, packet.restored(), packet.length(), false);
    }

    /** Forgets everything, to begin the next packet. */
    void reset() {
        digest.reset();
        document = new Document(2048);
        images.clear();
        imageBytes = 0;
        length = 0;
        forbidden = false;
        imageText = null;
    }
}
