package io.framegate.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code name=value,name=value} as {@code OTEL_EXPORTER_OTLP_HEADERS} and {@code OTEL_RESOURCE_ATTRIBUTES} are written, so that what
 * a vendor says to put there may be put here: values are percent-encoded where they hold a comma or a percent sign. What it throws holds no
 * value, which may be a secret.
 */
public final class NamedValues {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$&'*+.^_`|~-]+");

    /** What the client says itself, or refuses to say. */
    private static final Set<String> CLIENTS =
            Set.of("host", "content-length", "content-type", "content-encoding", "connection", "expect", "upgrade");

    private NamedValues() {}

    /** In the order in which they are written; none if empty. */
    public static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text.isBlank()) {
            return values;
        }
        int number = 0;
        for (String one : text.split(",", -1)) {
            number++;
            String[] pair = one.split("=", 2);
            String name = pair[0].strip();
            if (pair.length < 2 || name.isEmpty()) {
                throw new IllegalArgumentException("entry " + number + " (expected: name=value)");
            }
            if (values.put(name, decoded(number, pair[1].strip())) != null) {
                throw new IllegalArgumentException("entry " + number + " twice (expected: once)");
            }
        }
        return values;
    }

    /** The same, where the names are those of HTTP headers. */
    public static Map<String, String> parseHeaders(String text) {
        Map<String, String> headers = parse(text);
        int number = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            number++;
            String name = header.getKey();
            if (!HEADER.matcher(name).matches() || CLIENTS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "entry " + number + " (expected: a header's name that is not the client's own)");
            }
            if (header.getValue().chars().anyMatch(c -> c < ' ' || c >= 0x7f)) {
                throw new IllegalArgumentException("entry " + number + " (expected: a value of visible ASCII)");
            }
        }
        return headers;
    }

    private static String decoded(int number, String value) {
        try {
            // A plus sign is itself: base64 has it.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("entry " + number + " (expected: % written as %25)", e);
        }
    }
}
