package io.framegate.reload;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds beans of one name in two route files. Camel would let the last take the place of the first, whose route would then deliver to
 * the other's target: so it is for whoever copies a file and forgets to rename one. Stateless.
 */
final class BeanNames {

    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^- ");
    private static final Pattern NAME = Pattern.compile("(?m)^ +- name: *[\"']?([^\"'\\s#]+)");

    private BeanNames() {}

    /**
     * Checks all route files.
     *
     * @throws IllegalStateException for the first name that is there twice
     */
    static void check(Map<Path, String> files) {
        Map<String, Path> known = new HashMap<>();
        files.forEach((file, content) -> {
            for (String name : of(content)) {
                Path other = known.putIfAbsent(name, file);
                if (other != null && !other.equals(file)) {
                    throw new IllegalStateException("bean " + name + ": in " + other + " and " + file
                            + " (expected: a name of its own in each)");
                }
            }
        });
    }

    /** The names in a file, by its text: to parse all files would cost a tenth of every start. */
    private static Set<String> of(String content) {
        Set<String> names = new LinkedHashSet<>();
        for (String part : TOP_LEVEL.split(content, -1)) {
            if (part.startsWith("beans:")) {
                Matcher name = NAME.matcher(part);
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
        }
        return names;
    }
}
