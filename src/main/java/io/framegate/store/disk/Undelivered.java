package io.framegate.store.disk;

import java.io.IOException;
import java.util.function.Consumer;

/** Knows the stored images that still have to be delivered to a target. Retention keeps them. */
@FunctionalInterface
public interface Undelivered {

    /** Passes on the path of each such image, relative to the images directory. A path may occur more than once. */
    void undelivered(Consumer<String> paths) throws IOException;
}
