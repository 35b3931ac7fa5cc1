package io.framegate.store;

import io.framegate.image.ImageTransform;
import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes the body a smaller copy of the image in it, and names it: the path of the stored image, with one more ending if the
 * copy is of another format, as a WebP's is. Thread-safe.
 */
public final class Thumbnail implements Processor {

    private final ImageTransform transform;
    private int width = 320;

    /** Transforms with the limits of this transformation. */
    public Thumbnail(ImageTransform transform) {
        this.transform = transform;
    }

    /** The width in pixels; the height is in proportion. */
    public void setWidth(int width) {
        if (width < 1) {
            throw new IllegalArgumentException("thumbnail width: " + width + " (expected: >= 1)");
        }
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
            TransformedImage.replace(message, thumbnail);
        }
        String newExtension = message.getHeader(FramegateHeaders.EXTENSION, "", String.class);
        message.setHeader(Exchange.FILE_NAME, newExtension.equals(extension) ? path : path + "." + newExtension);
    }
}
