package io.framegate.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That an image, or an event without one, is to be delivered, and all that is known of it. Written as one line of JSON.
 *
 * <pre>
 * {"headers":{"FramegateCameraId":"AA:BB:CC:DD:EE:FF",...},"path":"image_17_AA_BB_CC_DD_EE_FF_20260329_095821.jpg"}
 * {"event":true,"headers":{"FramegateCameraId":"AA:BB:CC:DD:EE:FF",...},"path":"event_AA_BB_CC_DD_EE_FF-20260329T095821Z-cbf1....json"}
 * </pre>
 *
 * @param path the image's path below the images directory; of an event only what it is called
 * @param event whether there is no image to wait for: the claim is all there is
 * @param headers the headers its exchange is to have: texts, numbers, and maps of them
 */
record Claim(String path, boolean event, Map<String, Object> headers) {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final String PATH = "path";
    private static final String EVENT = "event";
    private static final String HEADERS = "headers";

    /** A claim on an image. */
    Claim(String path, Map<String, Object> headers) {
        this(path, false, headers);
    }

    /** What people call it, also as a file's name. */
    String name() {
        Object id = headers.get(FramegateHeaders.DELIVERY_ID);
        return (event ? EVENT : headers.get(FramegateHeaders.COUNTER)) + "-" + id;
    }

    /** One line of JSON with its end. */
    byte[] line() {
        Map<String, Object> fields = new TreeMap<>(Map.of(PATH, path, HEADERS, new TreeMap<>(headers)));
        if (event) {
            fields.put(EVENT, true);
        }
        try {
            return (JSON.writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("claim: not writable as JSON (expected: texts, numbers and maps)", e);
        }
    }

    /** When the gateway had the packet; null if the claim does not say. */
    @Nullable
    Instant receivedAt() {
        Object received = headers.get(FramegateHeaders.RECEIVED_AT);
        try {
            return received == null ? null : Instant.parse(received.toString());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** In the place of a line that cannot be read: a claim on nothing. */
    static final Claim NONE = new Claim("", Map.of());

    /** Reads such a line. */
    static Claim parse(String line) throws IOException {
        Map<String, Object> fields;
        try {
            fields = JSON.readValue(line, MAP);
        } catch (JsonProcessingException e) {
            // Its message would quote the line, on several lines.
            throw new IOException("claim: " + e.getOriginalMessage(), e);
        }
        if (fields.get(PATH) instanceof String path && fields.get(HEADERS) instanceof Map<?, ?> headers) {
            Map<String, Object> byName = new TreeMap<>();
            headers.forEach((name, value) -> byName.put(String.valueOf(name), value));
            return new Claim(path, Boolean.TRUE.equals(fields.get(EVENT)), byName);
        }
        throw new IOException("claim: no path or no headers (expected: both)");
    }

    /** The claims of a file, one for each whole line; what a crash cut off is none. */
    static List<Claim> readAll(Path file) throws IOException {
        // A byte that is no UTF-8 must spoil its own line only: readString would refuse the file.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<Claim> claims = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            try {
                claims.add(parse(line));
            } catch (IOException e) {
                LOG.atError()
                        .addKeyValue("file", file)
                        .addKeyValue("failure", e.getMessage())
                        .log("claim cannot be read, its image is not delivered");
                claims.add(NONE);
            }
        }
        return claims;
    }
}
