package io.framegate.outbox.deliver;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * Tags of an object, for lifecycle and access rules: at most {@value #MOST}, with names of 1 to {@value #MAX_NAME}
 * characters and values of at most {@value #MAX_VALUE}. A character that S3 does not permit in a value becomes an
 * underscore. Immutable.
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

    /** Reads {@code camera=${header.FramegateCameraName}, role=${header.FramegateRole}}. */
    static S3Tags parse(String text) {
        Map<String, Template> tags = Template.parseNamed(text);
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

    /** The tags of an image in the form of a request's header: {@code camera=gate&role=scene}. */
    Optional<String> tagging(Exchange exchange) {
        return tags.isEmpty()
                ? Optional.empty()
                : Optional.of(tags.entrySet().stream()
                        .map(tag -> HttpAddress.encoded(tag.getKey()) + "="
                                + HttpAddress.encoded(permitted(tag.getValue().text(exchange, value -> value))))
                        .collect(Collectors.joining("&")));
    }

    private static String permitted(String value) {
        String permitted = value.replaceAll("[^" + PERMITTED + "]", "_");
        int end = Math.min(permitted.length(), MAX_VALUE);
        boolean cutsCharacter = end < permitted.length() && Character.isHighSurrogate(permitted.charAt(end - 1));
        return permitted.substring(0, cutsCharacter ? end - 1 : end);
    }
}
