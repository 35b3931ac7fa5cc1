package io.framegate.wire.xml;

import io.framegate.event.ImageMark;
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

/**
 * The packet that is being cut: its document and images so far, and the hash of the bytes as received. Used for one
 * packet after the other. Not thread-safe.
 */
final class PacketDraft {

    private static final int FIRST_CAPACITY = 256;

    private final String format;
    private Document document = new Document(0);
    private @Nullable MessageDigest digest;
    private final List<PacketImage> images = new ArrayList<>();
    private int imageBytes;
    private int length;
    private boolean forbidden;
    private @Nullable Base64Text imageText;
    private int imagePosition = -1;

    /** A byte array from whose end bytes can be removed. */
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

        int capacity() {
            return buf.length;
        }
    }

    PacketDraft(String format) {
        this.format = format;
    }

    /** Counts and hashes the next bytes as received. */
    void received(byte[] bytes, int from, int to) {
        if (digest == null) {
            digest = Hash.newSha256();
        }
        digest.update(bytes, from, to - from);
        length += to - from;
    }

    /** Appends bytes to the document. */
    void document(byte[] bytes, int from, int to) {
        if (document.capacity() == 0) {
            document = new Document(FIRST_CAPACITY);
        }
        document.write(bytes, from, to - from);
    }

    /** A copy of the last bytes of the document. */
    byte[] lastBytes(int count) {
        return document.last(count);
    }

    /** Removes the last bytes of the document and returns them: they are not part of this packet. */
    byte[] takeBack(int count) {
        byte[] last = document.last(count);
        document.remove(count);
        uncount(count);
        return last;
    }

    /** Subtracts bytes that are not part of this packet from its length. */
    void uncount(int count) {
        length -= count;
    }

    void beginImage() {
        imageText = new Base64Text();
        imagePosition = -1;
    }

    boolean inImage() {
        return imageText != null;
    }

    /** Appends to the text of an image, without white space before it. */
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

    /** Appends characters to the text of an image that are not base64. */
    void damagedImageText(byte[] text) {
        if (imageText != null && text.length > 0) {
            beginText();
            imageText.appendDamaged(text);
        }
    }

    private void beginText() {
        if (imagePosition < 0) {
            imagePosition = document.size();
            document.writeBytes(ImageMark.of(images.size()).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Ends the image. Drops it if its element had no text. */
    void endImage() {
        if (imageText != null && imagePosition >= 0) {
            imageText.end();
            PacketImage image = imageText.image(imagePosition);
            images.add(image);
            imageBytes += image.bytes().length;
        }
        imageText = null;
    }

    /** Makes {@link #complete()} reject the packet for its document type declaration. */
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
        return document.capacity() + imageBytes + (imageText == null ? 0 : imageText.heldBytes());
    }

    /** Returns the whole packet and resets this draft. */
    Received complete() {
        String sha256 = HexFormat.of().formatHex((digest == null ? Hash.newSha256() : digest).digest());
        Packet packet = new Packet(format, document.toByteArray(), images, sha256, length);
        boolean wasForbidden = forbidden;
        reset();
        return wasForbidden ? forbidden(packet) : packet;
    }

    private RejectedPacket forbidden(Packet packet) {
        String detail = "document type declaration (expected: none)";
        return new RejectedPacket(
                format, RejectReason.FORBIDDEN_DTD, detail, packet.restored(), packet.length(), false);
    }

    /** Returns a reject with the bytes so far and resets this draft. */
    RejectedPacket reject(RejectReason reason, String detail) {
        if (reason == RejectReason.OVERLOADED) {
            // Without its images: to join and to encode them again would take their memory two more times.
            RejectedPacket overload = new RejectedPacket(format, reason, detail, document.toByteArray(), length, false);
            reset();
            return overload;
        }
        endImage();
        Packet packet = new Packet(format, document.toByteArray(), images, "", length);
        reset();
        return new RejectedPacket(format, reason, detail, packet.restored(), packet.length(), false);
    }

    /** Frees the memory of this packet. */
    void reset() {
        digest = null;
        document = new Document(0);
        images.clear();
        imageBytes = 0;
        length = 0;
        forbidden = false;
        imageText = null;
    }
}
