package io.framegate.tool.send;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Provides pictures as JPEGs, one after the other. For one thread. */
interface PictureSource extends Closeable {

    /** Returns the next picture, or null after the last one. */
    byte @Nullable [] next() throws IOException;

    /** Skips the next picture of a live source, and returns false after the last one. */
    default boolean skip() throws IOException {
        return next() != null;
    }

    /** Returns whether pictures that are not read in time are lost. */
    default boolean isLive() {
        return false;
    }

    /**
     * Returns whether the source sets the pace: the reader then does not wait, but skips pictures that come too soon.
     */
    default boolean isPaced() {
        return false;
    }

    /** Returns the number of pictures, or -1 if it is unknown. */
    default long length() {
        return -1;
    }
}
