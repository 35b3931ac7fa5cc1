package io.framegate.store;

import io.framegate.image.ImageTransform;
import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Replaces the image in the body with a smaller copy and sets the copy's file name: the path of the stored image, with
 * one more extension if the copy has another format, as the copy of a WebP or a TIFF has. The copy of an image that is
 * not stored gets no file name. Thread-safe.
 */
public final class Thumbnail implements Processor {

    private final ImageTransform transform;
    private int width = 320;

    /** Uses the limits that a transformation has by default. */
    public Thumbnail() {
        this(new ImageTransform());
    }

    /** Uses this transformation and its limits. */
    public Thumbnail(ImageTransform transform) {
        this.transform = transform;
    }

    /** Sets the width in pixels; the height keeps the proportions. */
    public void setWidth(int width) {
        this.width = width;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        byte[] image = message.getBody(byte[].class);
        String extension = message.getHeader(FramegateHeaders.EXTENSION, "", String.class);
        String path = message.getHeader(FramegateHeaders.STORED_PATH, String.class);
        byte[] thumbnail = transform.thumbnail(image, width);
        if (thumbnail != image) {
            PictureHeaders.replace(message, thumbnail);
        }
        String newExtension = message.getHeader(FramegateHeaders.EXTENSION, "", String.class);
        if (path != null) {
            message.setHeader(Exchange.FILE_NAME, newExtension.equals(extension) ? path : path + "." + newExtension);
        }
    }
}
