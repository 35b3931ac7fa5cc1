package io.framegate.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads {@code name=value,name=value}. Its exceptions contain no values, which may be secrets. */
public final class NamedValues {

    private static final Pattern COMMA = Pattern.compile(",");

    /** A comma in a text with expressions ends a value only if a name follows. */
    private static final Pattern COMMA_BEFORE_NAME = Pattern.compile(",(?=[^,=${}]+=)");

    /** A token of RFC 9110. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** Headers that HTTP clients set themselves, or refuse to set. */
    private static final Set<String> CLIENTS = Set.of(
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "connection",
            "expect",
            "upgrade");

    /** From the most to the fewest lines in the log. */
    static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    /** Names, with or without values. A star at the end allows further names. */
    private static final Pattern KEEPALIVE = Pattern.compile("[^=&*]+(?:=[^=&*]+)?(?:&[^=&*]+(?:=[^=&*]+)?)*(?:&\\*)?");

    private static final int MAX_CAMERA_NAME = 64;

    private NamedValues() {}

    /**
     * Reads values in the format of {@code OTEL_EXPORTER_OTLP_HEADERS} and {@code OTEL_RESOURCE_ATTRIBUTES}, so that an
     * operator can copy the examples of vendors: commas and percent signs in a value are percent-encoded.
     */
    public static Map<String, String> encoded(String text) {
        return parse(COMMA, text, NamedValues::decoded);
    }

    /**
     * Reads values that may contain commas, because they contain expressions: {@code
     * X-Camera=${header.FramegateCameraName}, A=b, c}.
     */
    public static Map<String, String> templates(String text) {
        return parse(COMMA_BEFORE_NAME, text, (number, value) -> value);
    }

    /** Reads the names of cameras: {@code 192.0.2.7=front-door, 192.0.2.8=yard}. */
    public static Map<String, String> cameraNames(String text) {
        return parse(COMMA, text, (number, name) -> {
            if (name.isEmpty() || name.length() > MAX_CAMERA_NAME) {
                throw new IllegalArgumentException(
                        "entry " + number + " (expected: address=name, at most " + MAX_CAMERA_NAME + " characters)");
            }
            return name;
        });
    }

    /** Reads the time zones of cameras: {@code 192.0.2.7=Europe/Berlin, 192.0.2.8=+05:30}. */
    public static Map<String, ZoneId> zones(String text) {
        Map<String, ZoneId> zones = new LinkedHashMap<>();
        parse(COMMA, text, (number, zone) -> {
                    try {
                        return ZoneId.of(zone).getId();
                    } catch (DateTimeException e) {
                        throw new IllegalArgumentException(
                                "entry " + number + " (expected: address=zone, like Europe/Berlin)", e);
                    }
                })
                .forEach((camera, zone) -> zones.put(camera, ZoneId.of(zone)));
        return zones;
    }

    /** Checks rules for keep-alives: {@code type=ping, Status&Uptime, kind=beat&*}. */
    public static String keepalives(String text) {
        int number = 0;
        for (String rule : text.isBlank() ? new String[0] : COMMA.split(text, -1)) {
            number++;
            if (!KEEPALIVE.matcher(rule.strip()).matches()) {
                throw new IllegalArgumentException(
                        "entry " + number + " (expected: name=value, with & between the conditions of one rule)");
            }
        }
        return text;
    }

    /** Reads levels of libraries' loggers: {@code org.apache.camel=DEBUG, io.vertx=WARN}. */
    public static Map<String, String> levels(String text) {
        return parse(COMMA, text, (number, level) -> {
            // At TRACE, libraries log all bytes that they send and receive, passwords included.
            if (!LEVELS.subList(1, LEVELS.size()).contains(level.toUpperCase(Locale.ROOT))) {
                throw new IllegalArgumentException("entry " + number + " (expected: logger=level, at least DEBUG)");
            }
            return level;
        });
    }

    /** Keeps the order of the text. An empty text has no values. */
    private static Map<String, String> parse(Pattern between, String text, BiFunction<Integer, String, String> reader) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text.isBlank()) {
            return values;
        }
        int number = 0;
        for (String one : between.split(text, -1)) {
            number++;
            String[] pair = one.split("=", 2);
            String name = pair[0].strip();
            if (pair.length < 2 || name.isEmpty()) {
                throw new IllegalArgumentException("entry " + number + " (expected: name=value)");
            }
            if (values.put(name, reader.apply(number, pair[1].strip())) != null) {
                throw new IllegalArgumentException("entry " + number + " twice (expected: once)");
            }
        }
        return values;
    }

    private static String decoded(int number, String value) {
        try {
            // A plus sign is not a space: base64 contains plus signs.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("entry " + number + " (expected: % written as %25)", e);
        }
    }

    /** Checks the names and values of headers for an HTTP client. */
    public static Map<String, String> requireHeaders(Map<String, String> headers) {
        requireHeaderNames(headers.keySet());
        int number = 0;
        for (String value : headers.values()) {
            number++;
            if (value.chars().anyMatch(c -> c < ' ' || c >= 0x7f)) {
                throw new IllegalArgumentException("entry " + number + " (expected: a value of visible ASCII)");
            }
        }
        return headers;
    }

    /** Checks that these are valid names of headers, and that an HTTP client does not set them itself. */
    public static void requireHeaderNames(Set<String> names) {
        int number = 0;
        for (String name : names) {
            number++;
            if (!TOKEN.matcher(name).matches() || CLIENTS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "entry " + number + " (expected: the name of a header that the client does not set itself)");
            }
        }
    }
}
