package io.framegate.outbox.deliver;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * Tags of an object, for rules of life time and access: at most {@value #MOST}, names of 1 to {@value #MAX_NAME} characters, values of
 * at most {@value #MAX_VALUE}. In a value, what S3 does not permit becomes an underscore. Immutable.
 */
final class S3Tags {

    private static final int MOST = 10;
    private static final int MAX_NAME = 128;
    private static final int MAX_VALUE = 256;
    private static final String PERMITTED = "\\p{L}\\p{N}\\p{Zs}+\\-=._:/@";

    private final Map<String, Template> tags;

    private S3Tags(Map<String, Template> tags) {
        this.tags = tags;
    }

    /** Reads {@code camera=${header.FramegateCameraName}, role=${header.FramegateRole}}; none if empty. */
    static S3Tags parse(String text) {
        Map<String, Template> tags = NamedTemplates.parse(text);
        if (tags.size() > MOST) {
            throw new IllegalArgumentException("tags: " + tags.size() + " (expected: at most " + MOST + ")");
        }
        for (String name : tags.keySet()) {
            if (name.length() > MAX_NAME || !name.matches("[" + PERMITTED + "]+") || name.startsWith("aws:")) {
                throw new IllegalArgumentException("tag: " + name + " (expected: at most " + MAX_NAME
                        + " letters, digits, blanks and + - = . _ : / @, not beginning with aws:)");
            }
        }
        return new S3Tags(tags);
    }

    /** As S3 has it in a request's header: {@code camera=gate&role=scene}; nothing if there are none. */
    Optional<String> tagging(Exchange exchange) {
        return tags.isEmpty()
                ? Optional.empty()
                : Optional.of(tags.entrySet().stream()
                        .map(tag -> encoded(tag.getKey()) + "="
                                + encoded(permitted(tag.getValue().text(exchange, value -> value))))
                        .collect(Collectors.joining("&")));
    }

    private static String permitted(String value) {
        String permitted = value.replaceAll("[^" + PERMITTED + "]", "_");
        int end = Math.min(permitted.length(), MAX_VALUE);
        boolean cutsCharacter = end < permitted.length() && Character.isHighSurrogate(permitted.charAt(end - 1));
        return permitted.substring(0, cutsCharacter ? end - 1 : end);
    }

    private static String encoded(String text) {
        return HttpAddress.encoded(text, "");
    }
}
