package io.framegate.event;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One unit cut from the stream: a small document and the images that were taken out of it.
 *
 * <pre>
 * AS RECEIVED (300 KB)                                        DOCUMENT (2 KB)                 IMAGES
 * &lt;config&gt; ... &lt;sourceBase64Data&gt;/9j/4AAQ...&lt;/...            &lt;sourceBase64Data&gt;0&lt;/...         [0] = FF D8 FF E0 ...
 * </pre>
 *
 * <p>Immutable by convention: nobody writes to the arrays after the decoder has handed the packet on.
 *
 * @param format the wire format's name
 * @param document what the peer said besides images, each image's text replaced by its number; empty if the format
 *     carries images only
 * @param images the images in the order they were sent
 * @param sha256 of the packet as received, lower-case hexadecimal
 * @param length of the packet as received, in bytes
 * @param sentAt the sender's clock, if the format itself carries it
 * @param cameraId who the sender says it is outside the document, or null: letters, digits, {@code . _ : -}, at most 64
 */
public record Packet(
        String format,
        byte[] document,
        List<PacketImage> images,
        String sha256,
        long length,
        @Nullable Instant sentAt,
        @Nullable String cameraId)
        implements Received {

    public Packet {
        images = List.copyOf(images);
    }

    /** A packet of a format that carries no time of its own. */
    public Packet(String format, byte[] document, List<PacketImage> images, String sha256, long length) {
        this(format, document, images, sha256, length, null, null);
    }

    /** A packet of a format that carries a time and no camera. */
    public Packet(
            String format,
            byte[] document,
            List<PacketImage> images,
            String sha256,
            long length,
            @Nullable Instant sentAt) {
        this(format, document, images, sha256, length, sentAt, null);
    }

    /** The same packet of the camera of this name. */
    public Packet ofCamera(String cameraId) {
        return new Packet(format, document, images, sha256, length, sentAt, cameraId);
    }

    /** Whether the peer said anything besides images. */
    public boolean hasDocument() {
        return document.length > 0;
    }

    /** Whether what it said is JSON, not XML. */
    public boolean hasJsonDocument() {
        int first = 0;
        while (first < document.length && document[first] <= ' ') {
            first++;
        }
        return first < document.length && document[first] == '{';
    }

    /**
     * The packet with its images put back as base64, so that it can be sent again. Equal to what was received but for
     * white space inside base64. Images that came beside the document are left out; without any document, the images
     * follow each other.
     */
    public byte[] restored() {
        ByteArrayOutputStream restored = new ByteArrayOutputStream(document.length);
        int copied = 0;
        for (int number = 0; number < images.size(); number++) {
            PacketImage image = images.get(number);
            if (document.length == 0) {
                restored.writeBytes(image.bytes());
            }
            if (document.length == 0 || image.isBeside()) {
                continue;
            }
            restored.write(document, copied, image.position() - copied);
            restored.writeBytes(image.damage() == null ? Base64.getEncoder().encode(image.bytes()) : image.bytes());
            copied = image.position() + Integer.toString(number).length();
        }
        restored.write(document, copied, document.length - copied);
        return restored.toByteArray();
    }

    /** Says what it is without a byte of what it carries. */
    @Override
    public String toString() {
        return "Packet[" + format + ", " + length + " bytes, " + images.size() + " images]";
    }
}
