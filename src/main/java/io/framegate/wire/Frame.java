package io.framegate.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One picture on its way to a gateway.
 *
 * <p>Immutable by convention: nobody writes to the array.
 *
 * @param image the picture, a JPEG
 * @param sentAt this machine's clock when it was taken or sent
 * @param cameraId who sends it, for the formats that have a place for that; null leaves it to the peer's address
 */
public record Frame(byte[] image, Instant sentAt, @Nullable String cameraId) {

    /** Says what it is without a byte of what it carries. */
    @Override
    public String toString() {
        return "Frame[" + image.length + " bytes, " + sentAt + "]";
    }
}
