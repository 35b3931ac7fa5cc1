package io.framegate.wire;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packet being cut: its document so far, its images so far, and the hash of what was received. Not thread-safe. */
public final class PacketDraft {

    private static final int MAX_TOO_LONG_CONTENT = 64 << 10;

    private final String format;
    private final MessageDigest digest = sha256();
    private final MessageDigest imageDigest = sha256();
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

    public PacketDraft(String format) {
        this.format = format;
    }

    /** Counts and hashes the next bytes as received. */
    public void received(byte[] bytes, int from, int to) {
        digest.update(bytes, from, to - from);
        length += to - from;
    }

    public void document(byte[] bytes, int from, int to) {
        document.write(bytes, from, to - from);
    }

    /** The last bytes of the document. */
    public byte[] lastBytes(int count) {
        return document.last(count);
    }

    /** Takes the last bytes of the document out of it. */
    public byte[] takeBack(int count) {
        byte[] last = document.last(count);
        document.remove(count);
        return last;
    }

    /** Takes bytes out of the packet's length, before it is given up. */
    public void uncount(int count) {
        length -= count;
    }

    public void beginImage() {
        imageText = new Base64Text(imageDigest);
        imagePosition = -1;
    }

    public boolean inImage() {
        return imageText != null;
    }

    /** Takes a piece of an image's text; white space before the text does not begin it. */
    public void imageText(byte[] text, int from, int to) {
        int first = from;
        while (imagePosition < 0 && first < to && Base64Text.isWhiteSpace(text[first])) {
            first++;
        }
        if (first < to && imageText != null) {
            beginText();
            imageText.append(text, first, to);
        }
    }

    /** Takes a piece of an image's text that base64 cannot have. */
    public void damagedImageText(byte[] text) {
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
    public void endImage() {
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

    public void forbid() {
        forbidden = true;
    }

    public int length() {
        return length;
    }

    public int documentLength() {
        return document.size();
    }

    public int imageCount() {
        return images.size();
    }

    public int heldBytes() {
        return document.size() + imageBytes + (imageText == null ? 0 : imageText.heldBytes());
    }

    /** The packet, which is whole; forgets it. */
    public Received complete() {
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
    public RejectedPacket reject(RejectReason reason, String detail) {
        endImage();
        Packet packet = new Packet(format, document.toByteArray(), images, "", length);
        reset();
        byte[] content = contentOf(reason, packet.restored());
        return new RejectedPacket(format, reason, detail, content, packet.length(), false);
    }

    /** What a reject keeps of what was received. */
    public static byte[] contentOf(RejectReason reason, byte[] received) {
        boolean cut = reason == RejectReason.TOO_LONG && received.length > MAX_TOO_LONG_CONTENT;
        return cut ? Arrays.copyOf(received, MAX_TOO_LONG_CONTENT) : received;
    }

    /** Forgets everything, to begin the next packet. */
    public void reset() {
        digest.reset();
        document = new Document(2048);
        images.clear();
        imageBytes = 0;
        length = 0;
        forbidden = false;
        imageText = null;
    }

    /** SHA-256 in lower-case hexadecimal. */
    public static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
