package io.framegate.it.support;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which metrics a query asks for, and which of their labels. */
public final class PromQl {

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{([^}]*)\\})?(?:\\[[^\\]]*\\])?(\\s*\\()?");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "by", "without", "bool", "offset");

    private PromQl() {}

    /** The labels that a query wants of each metric; what it groups by may be of any of them. */
    public static Map<String, Set<String>> metrics(String query) {
        String plain = GROUPING.matcher(TEXT.matcher(query).replaceAll("\"\"")).replaceAll(" ");
        Map<String, Set<String>> metrics = new LinkedHashMap<>();
        Matcher selector = SELECTOR.matcher(plain);
        while (selector.find()) {
            boolean function = selector.group(3) != null;
            boolean number = selector.start() > 0 && Character.isDigit(plain.charAt(selector.start() - 1));
            if (!function && !number && !WORDS.contains(selector.group(1))) {
                Set<String> labels = metrics.computeIfAbsent(selector.group(1), none -> new TreeSet<>());
                addNames(selector.group(2), labels);
            }
        }
        return metrics;
    }

    /** What a query groups by, leaves out, or joins on. */
    public static Set<String> groupings(String query) {
        Set<String> names = new TreeSet<>();
        GROUPING.matcher(query).results().forEach(grouping -> addNames(grouping.group(1), names));
        return names;
    }

    private static void addNames(String text, Set<String> names) {
        if (text != null) {
            NAME.matcher(text).results().forEach(name -> names.add(name.group()));
        }
    }
}
