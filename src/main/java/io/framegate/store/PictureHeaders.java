package io.framegate.store;

import io.framegate.image.ImageHeader;
import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Message;

/** Describes the picture in a message's body by headers. Stateless. */
public final class PictureHeaders {

    private PictureHeaders() {}

    /** Sets the picture's format, extension, media type, width and height. */
    public static void set(Message message, ImageHeader header) {
        message.setHeader(FramegateHeaders.IMAGE_FORMAT, header.format().name());
        message.setHeader(FramegateHeaders.EXTENSION, header.format().extension());
        message.setHeader(FramegateHeaders.MEDIA_TYPE, header.format().mediaType());
        message.setHeader(FramegateHeaders.WIDTH, header.width());
        message.setHeader(FramegateHeaders.HEIGHT, header.height());
    }
}
