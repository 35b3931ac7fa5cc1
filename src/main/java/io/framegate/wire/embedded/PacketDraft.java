package io.framegate.wire.embedded;

import io.framegate.event.ImageMark;
import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Hash;
import io.framegate.wire.PacketLimits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packet that is being cut: its document and images so far, and the hash of the bytes as received. Reused for each
 * packet. Not thread-safe.
 */
public final class PacketDraft {

    private final String format;
    private final PacketLimits limits;
    private final DocumentBytes document = new DocumentBytes();
    private @Nullable MessageDigest digest;
    private final List<PacketImage> images = new ArrayList<>();
    private int imageBytes;
    private int length;
    private boolean forbidden;
    private @Nullable PictureRun pictures;
    private boolean recognised;

    public PacketDraft(String format, PacketLimits limits) {
        this.format = format;
        this.limits = limits;
    }

    /** Counts and hashes the next bytes as received. */
    public void received(byte[] bytes, int from, int to) {
        if (digest == null) {
            digest = Hash.newSha256();
        }
        digest.update(bytes, from, to - from);
        length += to - from;
    }

    /** Appends bytes to the document. */
    public void document(byte[] bytes, int from, int to) {
        document.write(bytes, from, to - from);
    }

    /** A copy of the last bytes of the document. */
    public byte[] lastBytes(int count) {
        return document.last(count);
    }

    /** Removes the last bytes of the document and returns them: they are not part of this packet. */
    public byte[] takeBack(int count) {
        byte[] last = document.last(count);
        document.remove(count);
        uncount(count);
        return last;
    }

    /** Subtracts bytes that are not part of this packet from its length. */
    public void uncount(int count) {
        length -= count;
    }

    /** Begins a text that is an image because of its name. */
    public void beginImage() {
        pictures = new PictureRun(this);
        recognised = false;
    }

    /**
     * Begins a text that was recognised as a picture by its first characters. These are the last characters of the
     * document, and the image's mark replaces them.
     *
     * @return the number of bytes by which the document has become longer
     */
    public int beginPicture(PictureText text) {
        int before = document.size();
        document.remove(text.sentLength());
        pictures = new PictureRun(this);
        recognised = true;
        byte[] characters = text.characters();
        imageText(characters, 0, characters.length);
        return document.size() - before;
    }

    public boolean inImage() {
        return pictures != null;
    }

    /** Whether the limit on images is reached. */
    public boolean isFull() {
        return images.size() + (pictures == null ? 0 : 1) >= limits.maxImages();
    }

    /** Appends to the text of an image. Skips white space before the text. */
    public void imageText(byte[] text, int from, int to) {
        if (pictures != null) {
            pictures.append(text, from, to);
        }
    }

    /** Appends characters to the text of an image that are not base64. */
    public void damagedImageText(byte[] text) {
        if (pictures != null) {
            pictures.appendDamaged(text);
        }
    }

    /** Ends the image. Drops it if its element had no text. */
    public void endImage() {
        PictureRun ended = pictures;
        if (ended != null) {
            ended.end();
            pictures = null;
        }
    }

    /** Appends the mark of the next image to the document; returns its position. */
    int mark() {
        int position = document.size();
        byte[] mark = mark(images.size());
        document(mark, 0, mark.length);
        return position;
    }

    private static byte[] mark(int number) {
        return ImageMark.of(number).getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds the image of the last mark. Each JPEG in the bytes of a recognised text becomes a separate image. */
    void add(PacketImage image) {
        List<Integer> ends = recognised && image.damage() == null
                ? PictureEnds.of(image.bytes(), limits.maxImages() - images.size())
                : List.of(image.bytes().length);
        imageBytes += image.bytes().length;
        if (ends.size() == 1) {
            images.add(image);
            return;
        }
        int from = 0;
        int position = image.position();
        for (int end : ends) {
            byte[] bytes = Arrays.copyOfRange(image.bytes(), from, end);
            byte[] mark = mark(images.size());
            if (from > 0) {
                // The document may go on after the mark of the first image.
                document.insert(position, mark);
            }
            int encodedLength = (bytes.length + 2) / 3 * 4;
            images.add(new PacketImage(bytes, Hash.sha256(bytes), encodedLength, position, null));
            position += mark.length;
            from = end;
        }
    }

    /** Makes {@link #complete()} reject the packet for its document type declaration. */
    public void forbid() {
        forbidden = true;
    }

    public int length() {
        return length;
    }

    public int documentLength() {
        return document.size();
    }

    /** Bytes of memory held. */
    public int heldBytes() {
        return document.capacity() + imageBytes + (pictures == null ? 0 : pictures.heldBytes());
    }

    /** Returns the whole packet and resets this draft. */
    public Received complete() {
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
    public RejectedPacket reject(RejectReason reason, String detail) {
        if (reason == RejectReason.OVERLOADED) {
            // Without its images: joining and encoding them would need their memory two more times.
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
    public void reset() {
        digest = null;
        document.clear();
        images.clear();
        imageBytes = 0;
        length = 0;
        forbidden = false;
        pictures = null;
    }
}
