package io.framegate.event;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One unit that a decoder cut from the stream: a small document, and the images that were taken out of it.
 *
 * <pre>
 * AS RECEIVED (300 KB)                      DOCUMENT (2 KB)              IMAGES
 * ...&lt;sourceBase64Data&gt;/9j/4AAQ...&lt;/...     &lt;sourceBase64Data&gt;image:0    [0] = FF D8 FF E0 ...
 * </pre>
 *
 * <p>Immutable by convention: the arrays must not be changed after the decoder has passed on the packet.
 *
 * @param format the name of the wire format
 * @param document the packet without its images, of which only the {@linkplain ImageMark marks} remain; empty if the
 *     format carries images only
 * @param images in the order in which they were sent
 * @param sha256 of the packet as received, lower-case hexadecimal
 * @param length of the packet as received, in bytes
 * @param sentAt the sender's clock, if the format carries it
 * @param cameraId the name that the sender gives outside the document, or null: at most 64 letters, digits and
 *     {@code . _ : -}
 * @param client the client that a proxy names, or null
 */
public record Packet(
        String format,
        byte[] document,
        List<PacketImage> images,
        String sha256,
        long length,
        @Nullable Instant sentAt,
        @Nullable String cameraId,
        @Nullable InetSocketAddress client)
        implements Received {

    public Packet {
        images = List.copyOf(images);
    }

    /** Creates a packet of a format that carries neither a time nor a camera. */
    public Packet(String format, byte[] document, List<PacketImage> images, String sha256, long length) {
        this(format, document, images, sha256, length, null, null, null);
    }

    /** Creates a packet of a format that carries a time and no camera. */
    public Packet(
            String format,
            byte[] document,
            List<PacketImage> images,
            String sha256,
            long length,
            @Nullable Instant sentAt) {
        this(format, document, images, sha256, length, sentAt, null, null);
    }

    /** Creates a packet of a format that carries a time and a camera, whose sender is the connection's peer. */
    public Packet(
            String format,
            byte[] document,
            List<PacketImage> images,
            String sha256,
            long length,
            @Nullable Instant sentAt,
            @Nullable String cameraId) {
        this(format, document, images, sha256, length, sentAt, cameraId, null);
    }

    /** The same packet with the name of its camera. */
    public Packet ofCamera(String cameraId) {
        return new Packet(format, document, images, sha256, length, sentAt, cameraId, client);
    }

    /** The same packet with the client that a proxy names. */
    public Packet ofClient(InetSocketAddress client) {
        return new Packet(format, document, images, sha256, length, sentAt, cameraId, client);
    }

    /** Whether the packet contains more than images. */
    public boolean hasDocument() {
        return document.length > 0;
    }

    /** Whether the document is JSON. */
    public boolean hasJsonDocument() {
        int first = 0;
        while (first < document.length && document[first] <= ' ') {
            first++;
        }
        return first < document.length && (document[first] == '{' || document[first] == '[');
    }

    /**
     * Returns the packet with its images put back as base64, ready to be sent again. The result equals the received
     * packet, except for equivalent base64: without white space, separators and escapes, in the standard alphabet, and
     * with padding between two pictures. Bytes between two documents and images beside the document are omitted. A form
     * is returned as the JSON document that replaced it. Without a document, the result is the bytes of the images.
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
            restored.writeBytes(image.text());
            copied = image.position() + ImageMark.of(number).length();
        }
        restored.write(document, copied, document.length - copied);
        return restored.toByteArray();
    }

    /** Describes the packet without its content. */
    @Override
    public String toString() {
        return "Packet[" + format + ", " + length + " bytes, " + images.size() + " images]";
    }
}
