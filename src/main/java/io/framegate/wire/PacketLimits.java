package io.framegate.wire;

/**
 * Limits on the memory that one packet uses.
 *
 * @param maxPacketLength bytes of a whole packet, images included
 * @param maxDocumentLength bytes of the document without the images; a camera sends 1 to 3 KB
 * @param maxImages images in the document of one packet
 */
public record PacketLimits(int maxPacketLength, int maxDocumentLength, int maxImages) {

    /** 16 MB for a packet, 256 KB for its document, 64 images. */
    public static final PacketLimits DEFAULT = new PacketLimits(16 << 20, 256 << 10, 64);
}
