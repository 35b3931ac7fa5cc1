package io.framegate.store;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Has the new name of an image, and of the directories that were made for it, forced to disk as {@code framegate.durability} says. Its
 * content was forced before it got the name. If it cannot be, there is no such image. Thread-safe.
 */
public final class ImageForce implements Processor {

    private final ImageFile files;

    /** Forces names below this images directory. */
    public ImageForce(ImageFile files) {
        this.files = files;
    }

    @Override
    public void process(Exchange exchange) throws NotForcedException {
        try {
            files.named(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
        } catch (IOException e) {
            throw new NotForcedException(e);
        }
    }
}
