package io.framegate.tool.simulate;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The bytes of a packet, and the images in it.
 *
 * <p>Immutable by convention: no code writes to the array.
 *
 * @param dueNanos when the packet was due
 */
record SimulatedPacket(byte[] bytes, List<SentImage> images, Damage damage, long dueNanos) {

    void becomes(ImageFate fate) {
        images.forEach(image -> image.becomes(fate));
    }

    /** Notes that the connection broke, as it may after a damaged packet. */
    void lose() {
        becomes(damage == Damage.NONE ? ImageFate.LOST : ImageFate.DAMAGED);
    }

    /** Returns the bytes of all packets. */
    static byte[] joined(List<SimulatedPacket> packets) {
        if (packets.size() == 1) {
            return packets.get(0).bytes();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        packets.forEach(packet -> all.writeBytes(packet.bytes()));
        return all.toByteArray();
    }
}
