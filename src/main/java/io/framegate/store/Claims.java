package io.framegate.store;

import java.io.IOException;
import org.apache.camel.Exchange;

/** Records which targets an image still has to be delivered to. */
public interface Claims {

    /**
     * Records the claims of an image before the image gets its name, as durably as the image. A second attempt of the
     * same exchange records only the claims that the first attempt could not.
     *
     * @param path the image's path relative to the images directory
     */
    void note(Exchange exchange, String path) throws IOException;

    /** Makes the claims valid, because the image has its name now. */
    void stored(Exchange exchange);
}
