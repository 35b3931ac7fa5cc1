package io.framegate.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One image of a packet.
 *
 * @param bytes the image, or its text as received if it is damaged
 * @param sha256 of the bytes, lower-case hexadecimal; the decoder hashes them while they are in the processor's cache
 * @param encodedLength the length of its text as received, in characters; in binary formats the length of the image
 * @param position the index of its {@linkplain ImageMark mark} in the packet's document; 0 if the packet has no
 *     document, {@link #BESIDE} if it came beside the document
 * @param damage why its text could not be decoded, or null
 * @param role the role that the sender gives it outside the document, or null
 * @param lastGroup the last group of its text, if encoding the bytes gives a different group; otherwise null. It has
 *     two or three characters if the sender leaves out the padding
 */
public record PacketImage(
        byte[] bytes,
        String sha256,
        int encodedLength,
        int position,
        @Nullable String damage,
        @Nullable Role role,
        @Nullable String lastGroup) {

    /** The position of an image that came beside the document. */
    public static final int BESIDE = -1;

    private static final int LAST_GROUP = 4;

    /** Creates an image that only the document describes. */
    public PacketImage(byte[] bytes, String sha256, int encodedLength, int position, @Nullable String damage) {
        this(bytes, sha256, encodedLength, position, damage, null, null);
    }

    /** Creates an image whose role the sender gives. */
    public PacketImage(
            byte[] bytes,
            String sha256,
            int encodedLength,
            int position,
            @Nullable String damage,
            @Nullable Role role) {
        this(bytes, sha256, encodedLength, position, damage, role, null);
    }

    /** The text of the image as received, without white space and in the standard alphabet. */
    byte[] text() {
        if (damage != null) {
            return bytes;
        }
        byte[] text = Base64.getEncoder().encode(bytes);
        if (lastGroup != null) {
            byte[] last = lastGroup.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(last, 0, text, text.length - LAST_GROUP, last.length);
            return Arrays.copyOf(text, text.length - LAST_GROUP + last.length);
        }
        return text;
    }

    /** Whether the image came beside the document, not in it. */
    public boolean isBeside() {
        return position == BESIDE;
    }

    @Override
    public String toString() {
        return "PacketImage[" + bytes.length + " bytes" + (damage == null ? "" : ", " + damage) + "]";
    }
}
