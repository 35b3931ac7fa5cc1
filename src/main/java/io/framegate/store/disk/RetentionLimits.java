package io.framegate.store.disk;

import io.framegate.settings.ByteSize;
import java.time.Duration;

/**
 * How long, and how many, images are kept; what is zero limits nothing.
 *
 * @param maxAge older ones go
 * @param maxSize bytes of all together
 * @param minFree what is to stay free on their disk: a size or a part of it
 */
public record RetentionLimits(Duration maxAge, long maxSize, String minFree) {

    /** Whether a property with such a limit says that there is none. */
    public static boolean isOff(String value) {
        return value.isBlank() || value.strip().equals("0");
    }

    /** What the operator has written; an empty text or {@code 0} is no limit. */
    public static RetentionLimits of(Duration maxAge, String maxSize, String minFree) {
        return new RetentionLimits(
                maxAge, isOff(maxSize) ? 0 : ByteSize.parse(maxSize), isOff(minFree) ? "0" : minFree);
    }

    /** Whether nothing is ever deleted. */
    public boolean isOff() {
        return maxAge.isZero() && maxSize == 0 && minFree.equals("0");
    }

    /** What is to stay free on a disk of this size. */
    long minFree(long whole) {
        return ByteSize.parseOrPartOf(minFree, whole);
    }
}
