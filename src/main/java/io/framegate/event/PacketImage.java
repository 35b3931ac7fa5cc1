package io.framegate.event;

import org.jspecify.annotations.Nullable;

/**
 * One image of a packet.
 *
 * @param bytes the image, or its text as received if it is damaged
 * @param sha256 of the bytes, lower-case hexadecimal; the decoder hashes them while they are in the processor's cache
 * @param encodedLength the length of its text as received, in characters; in binary formats the length of the image
 * @param position the index of its number in the packet's document; 0 if the packet has no document,
 *     {@link #BESIDE} if it came beside one
 * @param damage why its text could not be decoded, or null
 * @param role the role that the sender gives it outside the document, or null
 */
public record PacketImage(
        byte[] bytes, String sha256, int encodedLength, int position, @Nullable String damage, @Nullable Role role) {

    /** The position of an image that came beside the document. */
    public static final int BESIDE = -1;

    /** Creates an image that only the document describes. */
    public PacketImage(byte[] bytes, String sha256, int encodedLength, int position, @Nullable String damage) {
        this(bytes, sha256, encodedLength, position, damage, null);
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
