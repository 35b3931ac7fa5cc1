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
final class PacketDraft {

    private static final int MAX_TOO_LONG_CONTENT = 64 << 10;

    private final String format;
    private final MessageDigest digest = sha256();
    private final MessageDigest imageDigest = sha256();
    private ByteArrayOutputStream document = new ByteArrayOutputStream(0);
    private final List<PacketImage> images = new ArrayList<>();
    private int imageBytes;
    private int length;
    private boolean forbidden;
    private @Nullable Base64Text imageText;
    private int imagePosition = -1;

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

    void beginImage() {
        imageText = new Base64Text(imageDigest);
        imagePosition = -1;
    }

    boolean inImage() {
        return imageText != null;
    }

    /**
     * Takes a piece of an image's text, up to the first {@code <}; white space before the text does not begin it.
     *
     * @return where the piece ended
     */
    int imageText(byte[] text, int from, int to) {
        int first = from;
        if (imagePosition < 0) {
            while (first < to && Base64Text.isWhiteSpace(text[first])) {
                first++;
            }
        }
        if (first == to || imageText == null) {
            return to;
        }
        beginText();
        return imageText.append(text, first, to);
    }

    /** Takes a piece of an image's text that base64 cannot have. */
    void damagedImageText(byte[] text) {
        if (imageText != null) {
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

    Received complete() {
        Packet packet = new Packet(
                format, document.toByteArray(), images, HexFormat.of().formatHex(digest.digest()), length);
        return forbidden
                ? new RejectedPacket(
                        format,
                        RejectReason.FORBIDDEN_DTD,
                        "document type declaration (expected: none)",
                        packet.restored(),
                        length,
                        false)
                : packet;
    }

    /** Gives the packet up; what there is of it goes along, only its beginning if it was too long. */
    RejectedPacket reject(RejectReason reason, String detail) {
        endImage();
        byte[] content = new Packet(format, document.toByteArray(), images, "", length).restored();
        if (reason == RejectReason.TOO_LONG && content.length > MAX_TOO_LONG_CONTENT) {
            content = Arrays.copyOf(content, MAX_TOO_LONG_CONTENT);
        }
        return new RejectedPacket(format, reason, detail, content, length, false);
    }

    /** Forgets everything, to begin the next packet. */
    void reset() {
        digest.reset();
        document = new ByteArrayOutputStream(2048);
        images.clear();
        imageBytes = 0;
        length = 0;
        forbidden = false;
        imageText = null;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
