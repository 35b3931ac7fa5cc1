package io.framegate.store;

import io.framegate.image.ImageTransform;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Converts the image in the body to another format, and sets the headers that describe it anew. An image in that format
 * already is left as it is; one that cannot be converted too, and an exception says why. Thread-safe.
 */
public final class ImageConverter implements Processor {

    private final ImageTransform transform;
    private String format = "png";

    /** Converts with the limits of this transformation. */
    public ImageConverter(ImageTransform transform) {
        this.transform = transform;
    }

    /** {@code jpg}, {@code png}, {@code gif} or {@code bmp}. */
    public void setFormat(String format) {
        this.format = ImageTransform.writable(format).extension();
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        byte[] image = message.getBody(byte[].class);
        byte[] converted = transform.convert(image, format);
        if (converted != image) {
            TransformedImage.replace(message, converted);
        }
    }
}
