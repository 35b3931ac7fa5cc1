package io.framegate.tool.simulate;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A packet as it goes over the wire, and the images in it.
 *
 * <p>Immutable by convention: nobody writes to the array.
 *
 * @param dueNanos when it was meant to be sent
 */
record SimulatedPacket(byte[] bytes, List<SentImage> images, Damage damage, long dueNanos) {

    void becomes(ImageFate fate) {
        images.forEach(image -> image.becomes(fate));
    }

    /** Its connection broke; of a damaged one that was to be expected. */
    void lose() {
        becomes(damage == Damage.NONE ? ImageFate.LOST : ImageFate.DAMAGED);
    }

    /** All their bytes in one piece. */
    static byte[] joined(List<SimulatedPacket> packets) {
        if (packets.size() == 1) {
            return packets.get(0).bytes();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        packets.forEach(packet -> all.writeBytes(packet.bytes()));
        return all.toByteArray();
    }

    @Override
    public String toString() {
        return "SimulatedPacket[" + bytes.length + " bytes, " + images + ", " + damage + "]";
    }
}
