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
 * The headers of an image or an event as a JSON document. The same headers give the same bytes on every system.
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
public final class MetadataDocument {

    private static final String PREFIX = "Framegate";
    private static final String REJECT_PREFIX = "FramegateReject";

    private static final ObjectWriter JSON =
            new ObjectMapper().writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private MetadataDocument() {}

    /**
     * Returns the {@code Framegate} headers by name, except the headers of a rejection and the content type of the
     * message.
     */
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

    /** Writes indented JSON in the order of the map, in UTF-8, with a line feed at the end. */
    public static byte[] json(Map<String, Object> values) {
        try {
            return (JSON.writeValueAsString(values) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata: no JSON (expected: texts, numbers and maps)", e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            SortedMap<String, Object> sorted = new TreeMap<>();
            map.forEach((name, inner) -> sorted.put(String.valueOf(name), inner == null ? "" : plain(inner)));
            return sorted;
        }
        // A route may set a header to any object, of which Jackson would write all properties.
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
