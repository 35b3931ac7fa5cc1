package io.framegate.store;

import java.io.IOException;
import org.apache.camel.Exchange;

/** Notes which targets still have to get an image. */
public interface Claims {

    /**
     * Notes the claims of an image that is about to get its name, as durably as the image. A second attempt of the same
     * exchange notes only what the first could not.
     *
     * @param path the image's path below the images directory
     */
    void note(Exchange exchange, String path) throws IOException;

    /** The image has its name: its claims count from now on. */
    void stored(Exchange exchange);
}
