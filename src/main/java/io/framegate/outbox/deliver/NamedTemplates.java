package io.framegate.outbox.deliver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads {@code X-Camera=${header.FramegateCameraName}, Authorization=Bearer abc}. A comma ends a value if a name
 * follows.
 */
final class NamedTemplates {

    private static final Pattern BETWEEN = Pattern.compile(",(?=[^,=${}]+=)");

    private NamedTemplates() {}

    /** Returns the templates in their order. A refusal does not show the values, which may be secrets. */
    static Map<String, Template> parse(String text) {
        Map<String, Template> templates = new LinkedHashMap<>();
        if (text.isBlank()) {
            return templates;
        }
        int number = 0;
        for (String one : BETWEEN.split(text, -1)) {
            number++;
            String[] pair = one.split("=", 2);
            String name = pair[0].strip();
            if (pair.length < 2 || name.isEmpty()) {
                throw new IllegalArgumentException("entry " + number + ": no name (expected: name=value)");
            }
            if (templates.put(name, Template.parse(pair[1].strip())) != null) {
                throw new IllegalArgumentException("entry " + number + ": " + name + " twice (expected: once)");
            }
        }
        return templates;
    }
}
