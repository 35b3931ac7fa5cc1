package io.framegate.receive;

import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one image of an event.
 *
 * @param role the role of the image
 * @param storedPath the path of the file, or null if the image is not stored
 * @param rejected the reason for which the image was rejected, or null
 * @param encodedLength the length of the image's base64 text
 * @param failure the failure of the image's route, or null
 */
record ImageOutcome(
        @Nullable String role,
        @Nullable String storedPath,
        @Nullable String rejected,
        @Nullable Integer encodedLength,
        @Nullable Exception failure) {

    /** The outcome of the image whose exchange is done. */
    static ImageOutcome of(Exchange image) {
        Message message = image.getMessage();
        return new ImageOutcome(
                message.getHeader(FramegateHeaders.ROLE, String.class),
                message.getHeader(FramegateHeaders.STORED_PATH, String.class),
                message.getHeader(FramegateHeaders.REJECT_REASON, String.class),
                message.getHeader(FramegateHeaders.ENCODED_LENGTH, Integer.class),
                image.getException());
    }

    /** Whether the image is lost. A failure after the image got its name loses nothing. */
    boolean isLost() {
        return failure != null && storedPath == null;
    }

    /** The role of an image that is not stored because {@code framegate.images.roles} leaves its role out. */
    @Nullable
    String skippedRole() {
        return failure == null && rejected == null && storedPath == null ? role : null;
    }
}
