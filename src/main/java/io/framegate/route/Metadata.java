package io.framegate.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.Message;

/**
 * What a message's headers say, as JSON for a file beside its image: the same bytes for the same headers, on every system.
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
final class Metadata {

    private static final String PREFIX = "Framegate";
    private static final String REJECT_PREFIX = "FramegateReject";

    private static final ObjectWriter JSON =
            new ObjectMapper().writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private Metadata() {}

    /** All of a message's own headers but the reason it was rejected for, by name. */
    static SortedMap<String, Object> of(Message message) {
        SortedMap<String, Object> values = new TreeMap<>();
        message.getHeaders().forEach((header, value) -> {
            boolean named = header.length() > PREFIX.length() && header.startsWith(PREFIX);
            if (named && value != null && !header.startsWith(REJECT_PREFIX)) {
                String name = header.substring(PREFIX.length());
                values.put(Character.toLowerCase(name.charAt(0)) + name.substring(1), plain(value));
            }
        });
        return values;
    }

    /** Pretty, in the map's order, in UTF-8, with a last line break. */
    static byte[] json(Map<String, Object> values) {
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
