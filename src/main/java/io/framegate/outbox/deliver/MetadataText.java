package io.framegate.outbox.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Message;

/** Converts an image's metadata to text, for protocols that have no other values. A map becomes JSON, in ASCII. */
final class MetadataText {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String CAMELS_OWN = "Camel";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private MetadataText() {}

    /** All headers except Camel's and empty ones. */
    static Map<String, String> of(Message message) {
        Map<String, String> texts = new TreeMap<>();
        message.getHeaders().forEach((name, value) -> {
            String text = value == null ? "" : text(value);
            if (!text.isEmpty() && !name.startsWith(CAMELS_OWN)) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    private static String text(Object value) {
        if (!(value instanceof Map<?, ?>)) {
            return value.toString();
        }
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("header: not writable as JSON (expected: texts, numbers and maps)", e);
        }
    }

    /** Percent-encodes all UTF-8 bytes except visible ASCII and the space. Encodes the percent sign too. */
    static String ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < 0x7f && b != '%') {
                ascii.append((char) b);
            } else {
                ascii.append('%').append(HEX.toHexDigits(b));
            }
        }
        return ascii.toString();
    }
}
