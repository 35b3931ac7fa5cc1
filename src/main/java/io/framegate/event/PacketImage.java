package io.framegate.event;

import org.jspecify.annotations.Nullable;

/**
 * One image as it stood in a packet.
 *
 * @param bytes the image; or, when damaged, its text as it was received
 * @param sha256 of the bytes, lower-case hexadecimal; the decoder hashes them while they are in the processor's cache
 * @param encodedLength length of its text as received, in characters; equal to the image's length in binary formats
 * @param position where its number stands in the packet's document; 0 if the packet has no document,
 *     {@link #BESIDE} if it came beside one
 * @param damage why the text could not be decoded, or null if it could
 * @param role what the sender calls it outside the document, or null
 */
public record PacketImage(
        byte[] bytes, String sha256, int encodedLength, int position, @Nullable String damage, @Nullable Role role) {

    /** The position of an image that no document refers to. */
    public static final int BESIDE = -1;

    /** An image that only its document speaks of. */
    public PacketImage(byte[] bytes, String sha256, int encodedLength, int position, @Nullable String damage) {
        this(bytes, sha256, encodedLength, position, damage, null);
    }

    /** Whether it came beside the document instead of in it. */
    public boolean isBeside() {
        return position == BESIDE;
    }

    @Override
    public String toString() {
        return "PacketImage[" + bytes.length + " bytes" + (damage == null ? "" : ", " + damage) + "]";
    }
}
