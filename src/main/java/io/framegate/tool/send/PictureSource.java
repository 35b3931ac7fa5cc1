package io.framegate.tool.send;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Pictures one after the other, as JPEGs. For one thread. */
interface PictureSource extends Closeable {

    /** The next picture; null if there are no more. */
    byte @Nullable [] next() throws IOException;

    /** Lets the next picture of a live source pass unused; false if there are no more. */
    default boolean skip() throws IOException {
        return next() != null;
    }

    /** Whether pictures that are not taken in time are gone. */
    boolean isLive();

    /** Whether pictures come at a pace of their own, so that what comes too soon is skipped, and nothing waited for. */
    boolean isPaced();

    /** How many pictures there are, -1 if nobody knows. */
    long length();
}
