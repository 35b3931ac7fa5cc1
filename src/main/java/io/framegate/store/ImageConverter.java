package io.framegate.store;

import io.framegate.image.ImageTransform;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Converts the image in the body to another format and updates the headers that describe it. An image that already has
 * that format stays unchanged. An image that cannot be converted stays unchanged too, and the exception names the
 * reason. Thread-safe.
 */
public final class ImageConverter implements Processor {

    private final ImageTransform transform;
    private String format = "png";

    /** Uses this transformation and its limits. */
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
            PictureHeaders.replace(message, converted);
        }
    }
}
