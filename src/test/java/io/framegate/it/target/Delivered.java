package io.framegate.it.target;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image that has arrived.
 *
 * @param name what the target knows it by: a path below its directory, an object's or a record's key, or else what the
 *       image's
 *     header says it is stored as
 * @param metadata what came with it; the case of names does not count, as some targets change it
 */
public record Delivered(String name, byte[] content, Map<String, String> metadata) {

    public Delivered {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(metadata);
        metadata = Collections.unmodifiableMap(sorted);
    }
}
