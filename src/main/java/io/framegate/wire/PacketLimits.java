package io.framegate.wire;

/**
 * What an XML packet may cost.
 *
 * @param maxPacketLength bytes of a whole packet, images included
 * @param maxDocumentLength bytes of what is left when the images are taken out; a camera's has 1 to 3 KB
 * @param maxImages images in one packet
 */
public record PacketLimits(int maxPacketLength, int maxDocumentLength, int maxImages) {

    /** 16 MB for a packet, 256 KB for its document, 64 images. */
    public static final PacketLimits DEFAULT = new PacketLimits(16 << 20, 256 << 10, 64);
}
