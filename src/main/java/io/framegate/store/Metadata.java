package io.framegate.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.framegate.intake.FramegateHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What headers say of an image or an event, as a JSON document: the same bytes for the same headers, on every system.
 *
 * <pre>
 * FramegateCameraId: 02:00:5E:10:00:01      {
 * FramegateAttributes: {targetId=7}           "attributes" : {
 * FramegateWidth: 1920                          "targetId" : "7"
 * CamelFileName: ...                          },
 *                                             "cameraId" : "02:00:5E:10:00:01",
 *                                             "width" : 1920
 *                                           }
 * </pre>
 *
 * <p>Stateless.
 */
public final class Metadata {

    private static final String PREFIX = "Framegate";
    private static final String REJECT_PREFIX = "FramegateReject";

    private static final ObjectWriter JSON =
            new ObjectMapper().writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Metadata() {}

    /** All of a message's own headers but the reason it was rejected for and what its body is, by name. */
    public static SortedMap<String, Object> of(Map<String, Object> headers) {
        SortedMap<String, Object> values = new TreeMap<>();
        headers.forEach((header, value) -> {
            boolean named = header.length() > PREFIX.length() && header.startsWith(PREFIX);
            if (named && value != null && !isOfTheMessage(header)) {
                String name = header.substring(PREFIX.length());
                values.put(Character.toLowerCase(name.charAt(0)) + name.substring(1), plain(value));
            }
        });
        return values;
    }

    private static boolean isOfTheMessage(String header) {
        return header.startsWith(REJECT_PREFIX) || header.equals(FramegateHeaders.CONTENT_TYPE);
    }

    /** Pretty, in the map's order, in UTF-8, with a last line break. */
    public static byte[] json(Map<String, Object> values) {
        try {
            return (JSON.writeValueAsString(values) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata: not writable as JSON (expected: texts, numbers and maps)", e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            SortedMap<String, Object> sorted = new TreeMap<>();
            map.forEach((name, inner) -> sorted.put(String.valueOf(name), inner == null ? "" : plain(inner)));
            return sorted;
        }
        // A route may set headers of any type; what Jackson would make of it is nobody's wish.
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
