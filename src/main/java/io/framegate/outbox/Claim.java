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
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request to deliver an image, or an event without an image, with its metadata. Written as one line of JSON.
 *
 * <pre>
 * {"headers":{"FramegateCameraId":"AA:BB:CC:DD:EE:FF",...},"path":"image_17_AA_BB_CC_DD_EE_FF_20260329_095821.jpg"}
 * {"event":true,"headers":{"FramegateCameraId":"AA:BB:CC:DD:EE:FF",...},"path":"event_AA_....json"}
 * {"after":{"number":17,"target":"s3"},"headers":{...},"path":...}
 * </pre>
 *
 * @param path the image's path below the images directory, or the event's name
 * @param event whether this is an event without image
 * @param headers the headers of the exchange: texts, numbers, and maps of them
 * @param after the claim of the target that must have the delivery first; null if there is no such target, or if the
 *     claim is older than that target
 */
record Claim(String path, boolean event, Map<String, Object> headers, @Nullable After after) {

    /**
     * The claim on the same delivery, of the target that must have it first.
     *
     * @param number the number of the claim in that target's log, or null if there is no claim to wait for
     */
    record After(String target, @Nullable Long number) {}

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final String PATH = "path";
    private static final String EVENT = "event";
    private static final String HEADERS = "headers";
    private static final String AFTER = "after";
    private static final String TARGET = "target";
    private static final String NUMBER = "number";

    /** A claim on an image. */
    Claim(String path, Map<String, Object> headers) {
        this(path, false, headers);
    }

    Claim(String path, boolean event, Map<String, Object> headers) {
        this(path, event, headers, null);
    }

    /** A copy of this claim for a target that waits for another one. */
    Claim after(@Nullable After other) {
        return new Claim(path, event, headers, other);
    }

    /** The name of the claim, in lists and as a file. */
    String name() {
        Object id = headers.get(FramegateHeaders.DELIVERY_ID);
        return (event ? EVENT : headers.get(FramegateHeaders.COUNTER)) + "-" + id;
    }

    /**
     * The id of the delivery of this claim to a target. It is the same for each attempt and after each start. Another
     * gateway that has the same event of the same camera has a different id, because its connection or time differs.
     */
    String upload(String target) {
        String delivery = Stream.of(FramegateHeaders.DELIVERY_ID, FramegateHeaders.PEER, FramegateHeaders.RECEIVED_AT)
                .map(header -> String.valueOf(headers.get(header)))
                .collect(Collectors.joining("\n", target + "\n" + path + "\n", ""));
        return UUID.nameUUIDFromBytes(delivery.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The line of JSON, with the line end. */
    byte[] line() {
        Map<String, Object> fields = new TreeMap<>(Map.of(PATH, path, HEADERS, new TreeMap<>(headers)));
        if (event) {
            fields.put(EVENT, true);
        }
        if (after != null) {
            Map<String, Object> other = new TreeMap<>(Map.of(TARGET, after.target()));
            if (after.number() != null) {
                other.put(NUMBER, after.number());
            }
            fields.put(AFTER, other);
        }
        try {
            return (JSON.writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("claim: not writable as JSON (expected: texts, numbers and maps)", e);
        }
    }

    /** The time at which the gateway received the packet, or null if the claim does not have it. */
    @Nullable
    Instant receivedAt() {
        Object received = headers.get(FramegateHeaders.RECEIVED_AT);
        try {
            return received == null ? null : Instant.parse(received.toString());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Replaces a line that cannot be read: a claim without an image. */
    static final Claim NONE = new Claim("", Map.of());

    /** Reads a line. */
    static Claim parse(String line) throws IOException {
        Map<String, Object> fields;
        try {
            fields = JSON.readValue(line, MAP);
        } catch (JsonProcessingException e) {
            // The full message would quote the line, on several lines.
            throw new IOException("claim: " + e.getOriginalMessage(), e);
        }
        if (fields.get(PATH) instanceof String path && fields.get(HEADERS) instanceof Map<?, ?> headers) {
            Map<String, Object> byName = new TreeMap<>();
            headers.forEach((name, value) -> byName.put(String.valueOf(name), value));
            return new Claim(path, Boolean.TRUE.equals(fields.get(EVENT)), byName, after(fields.get(AFTER)));
        }
        throw new IOException("claim: no path or no headers (expected: both)");
    }

    private static @Nullable After after(@Nullable Object field) {
        if (field instanceof Map<?, ?> other && other.get(TARGET) instanceof String target) {
            return new After(target, other.get(NUMBER) instanceof Number number ? number.longValue() : null);
        }
        return null;
    }

    /** Reads the claims of a file, one for each whole line. A line that a crash truncated is no claim. */
    static List<Claim> readAll(Path file) throws IOException {
        // Not readString: it would refuse the file for one byte that is not UTF-8.
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
