package io.framegate.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Writes the body to a temporary file, whole. The file becomes the body, so that a {@code file:} endpoint only renames it into
 * place; the bytes stay in the variable {@link #IMAGE}. Camel's own writer takes a short write, which a nearly full disk gives, for a whole one.
 * Thread-safe.
 */
public final class ImageWriter implements Processor {

    /** The variable that holds the bytes. */
    public static final String IMAGE = "image";

    private final ImageFile files;

    /** Writes below this images directory. */
    public ImageWriter(ImageFile files) {
        this.files = files;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        byte[] image = exchange.getMessage().getBody(byte[].class);
        String path = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        File file = files.write(path, exchange.getExchangeId(), image).toFile();
        exchange.setVariable(IMAGE, image);
        exchange.getMessage().setBody(file);
        exchange.getMessage().setHeader(Exchange.FILE_LOCAL_WORK_PATH, file.toString());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                files.discard(Path.of(file.getPath()));
            }
        });
    }
}
