package io.framegate.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One picture that a sender encodes for a gateway.
 *
 * <p>Immutable by convention: the array must not be changed.
 *
 * @param image the picture, a JPEG
 * @param sentAt when the picture was taken or sent, by this machine's clock
 * @param cameraId the camera's name, for formats that carry one; null if the sender's address identifies it
 */
public record Frame(byte[] image, Instant sentAt, @Nullable String cameraId) {

    /** Describes the frame without its content. */
    @Override
    public String toString() {
        return "Frame[" + image.length + " bytes, " + sentAt + "]";
    }
}
