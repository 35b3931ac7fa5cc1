package io.framegate.store.disk;

import java.io.IOException;
import java.util.function.Consumer;

/** Knows the stored images that a target still has to get. Retention keeps them. */
@FunctionalInterface
public interface Undelivered {

    /** Hands over the path of each such image, below the images directory. A path may come more than once. */
    void undelivered(Consumer<String> paths) throws IOException;
}
