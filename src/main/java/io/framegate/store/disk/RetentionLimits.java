package io.framegate.store.disk;

import io.framegate.settings.ByteSize;
import java.time.Duration;

/**
 * The limits of the stored images. Zero is no limit.
 *
 * @param maxAge the age above which images are deleted
 * @param maxSize the bytes of all images together
 * @param minFree the space to keep free on their disk: a size or a part of the disk
 */
public record RetentionLimits(Duration maxAge, long maxSize, String minFree) {

    /** The space to keep free on a disk of this size. */
    long minFree(long whole) {
        return ByteSize.parseOrPartOf(minFree, whole);
    }
}
