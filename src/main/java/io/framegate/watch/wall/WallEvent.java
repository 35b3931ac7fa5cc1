package io.framegate.watch.wall;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of a camera, with one of its images if it has any. */
record WallEvent(
        long number,
        Instant at,
        String camera,
        String name,
        String type,
        Map<?, ?> attributes,
        @Nullable Long latencyMillis,
        @Nullable WallImage image) {

    private static final int OBJECTS = 700;
    private static final int ENTRY = 120;

    /** About the bytes of heap that this event holds: texts may need two bytes for each character. */
    long weight() {
        long weight = OBJECTS + 2L * (type.length() + name.length());
        for (Map.Entry<?, ?> attribute : attributes.entrySet()) {
            weight += ENTRY + 2L * (length(attribute.getKey()) + length(attribute.getValue()));
        }
        return weight;
    }

    private static int length(@Nullable Object text) {
        return String.valueOf(text).length();
    }
}
