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

/** Reads {@code name=value,name=value}. What it throws holds no value, which may be a secret. */
public final class NamedValues {

    private static final Pattern COMMA = Pattern.compile(",");

    /** A comma in a text with expressions ends a value only if a name follows. */
    private static final Pattern COMMA_BEFORE_NAME = Pattern.compile(",(?=[^,=${}]+=)");

    /** RFC 9110: a token. */
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

    /** From the most to the fewest lines. */
    static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

    /** Names, or names with values; a star after them allows anything else. */
    private static final Pattern KEEPALIVE = Pattern.compile("[^=&*]+(?:=[^=&*]+)?(?:&[^=&*]+(?:=[^=&*]+)?)*(?:&\\*)?");

    private static final int MAX_CAMERA_NAME = 64;

    private NamedValues() {}

    /**
     * Reads values as {@code OTEL_EXPORTER_OTLP_HEADERS} and {@code OTEL_RESOURCE_ATTRIBUTES} are written, so that an
     * operator can copy what a vendor documents: a comma and a percent sign in a value are percent-encoded.
     */
    public static Map<String, String> encoded(String text) {
        return parse(COMMA, text, NamedValues::decoded);
    }

    /**
     * Reads values that may have commas, because they have expressions: {@code X-Camera=${header.FramegateCameraName},
     * A=b, c}.
     */
    public static Map<String, String> templates(String text) {
        return parse(COMMA_BEFORE_NAME, text, (number, value) -> value);
    }

    /** Reads what cameras are called: {@code 192.0.2.7=front-door, 192.0.2.8=yard}. */
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
            // TRACE is what libraries send and read, with passwords.
            if (!LEVELS.subList(1, LEVELS.size()).contains(level.toUpperCase(Locale.ROOT))) {
                throw new IllegalArgumentException("entry " + number + " (expected: logger=level, at least DEBUG)");
            }
            return level;
        });
    }

    /** In the order in which they are written; none if the text is empty. */
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
            // A plus sign is itself: base64 has it.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("entry " + number + " (expected: % written as %25)", e);
        }
    }

    /** Checks names and values of headers that an HTTP client is to send. */
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

    /** Checks that these are names of headers, and of none that an HTTP client sets itself. */
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
