package io.framegate.wire.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of an {@code Authorization} header (RFC 9110, 11.4): names with values, which may be quoted, and
 * commas between them. Netty and the JDK have no reader for them. Stateless.
 */
final class DigestParameters {

    private static final int MAX = 32;

    private final String text;
    private final Map<String, String> values = new HashMap<>();
    private int at;

    private DigestParameters(String text) {
        this.text = text;
    }

    /** The values by their names in lower case; null if the text is not well-formed or has a name twice. */
    static @Nullable Map<String, String> parse(String text) {
        DigestParameters parameters = new DigestParameters(text);
        parameters.skip(" \t,");
        while (parameters.at < text.length()) {
            if (!parameters.readOne() || parameters.values.size() > MAX) {
                return null;
            }
        }
        return parameters.values;
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean readOne() {
        int equals = text.indexOf('=', at);
        if (equals < 0) {
            return false;
        }
        String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
        at = equals + 1;
        skip(" \t");
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        skip(" \t");
        boolean ended = at == text.length() || text.charAt(at) == ',';
        skip(" \t,");
        return ended && value != null && values.put(name, value) == null;
    }

    /** The text up to the closing quotation mark, without the backslashes of escapes; null if there is no such mark. */
    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next == '"') {
                at++;
                return value.toString();
            }
            if (next == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        return null;
    }

    private String token() {
        int from = at;
        while (at < text.length() && " \t,".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }
}
