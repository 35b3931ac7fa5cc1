package io.framegate.reload;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.util.SensitiveUtils;
import org.jspecify.annotations.Nullable;

/**
 * Describes in one line why Camel cannot load a route file. Pages show the text, so it contains no part of the file,
 * and no value of an option or of a property whose name indicates a secret. Stateless.
 */
final class ProblemReason {

    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

    /** The position that the parser reports, with the line of the file. */
    private static final Pattern EXCERPT =
            Pattern.compile("\\s+in [^\\n]*, line \\d+, column \\d+:\\R[^\\n]*\\R\\s*\\^");

    private static final Pattern QUERY =
            Pattern.compile("([a-z][a-z0-9+-]*:[^\\s?]*)\\?.*?(?= due to: |, please check |$)");
    private static final Pattern UNKNOWN_OPTIONS =
            Pattern.compile("endpoint: ([a-z0-9+-]+):.*Unknown parameters=\\[\\{(.*)}]");
    private static final Pattern OPTION = Pattern.compile("(?:^|, )([\\w.-]+)=");

    /** Long messages of Camel, and short ones with the same meaning. */
    private static final Map<Pattern, String> SHORTER = Map.of(
            Pattern.compile(".*Duplicate route ids detected: (\\S+)\\. .*"),
            "route id: $1 (expected: not in another file)",
            Pattern.compile(".*Multiple consumers for the same endpoint is not allowed: (\\S+)"),
            "$1: another route reads from it (expected: one)",
            Pattern.compile("No endpoint could be found for: ([^:]+):.*"),
            "component $1: not found (expected: a Camel component on the class path)",
            Pattern.compile("No bean could be found in the registry for: (\\S+)( of type: .*)?"),
            "bean $1: not found (expected: a bean of a route file)",
            Pattern.compile("Property with key \\[(.*?)] not found .*"),
            "property $1: not found (expected: a property of the configuration)");

    private static final int MAX_LENGTH = 400;

    private ProblemReason() {}

    static String of(Throwable failure) {
        Throwable root = failure;
        PropertyBindingException property = null;
        while (root.getCause() != null) {
            property = root instanceof PropertyBindingException found ? found : property;
            root = root.getCause();
        }
        return oneLine(reason(root, property));
    }

    static String oneLine(String text) {
        String line = LINE_BREAKS.matcher(text).replaceAll(" ");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line;
    }

    private static String reason(Throwable root, @Nullable PropertyBindingException around) {
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            String name = String.valueOf(root.getMessage()).replace('/', '.');
            return "class " + name + ": not found (expected: a class on the class path"
                    + (name.startsWith("io.framegate.") ? "; replace route files of an earlier version)" : ")");
        }
        if (root instanceof PropertyBindingException property) {
            return "property " + property.getPropertyName() + ": unknown (expected: a property of "
                    + property.getTarget().getClass().getName() + ")";
        }
        if (around != null && isSecret(String.valueOf(around.getPropertyName()))) {
            return "property " + around.getPropertyName() + ": not usable";
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        String line = LINE_BREAKS
                .matcher(EXCERPT.matcher(message).replaceAll(";").strip())
                .replaceAll(" ")
                .replaceFirst(";$", "");
        return around == null ? rewritten(line) : "property " + around.getPropertyName() + ": " + rewritten(line);
    }

    private static boolean isSecret(String property) {
        return SensitiveUtils.containsSensitive(property);
    }

    static String rewritten(String message) {
        Matcher unknown = UNKNOWN_OPTIONS.matcher(message);
        if (unknown.find()) {
            String options = OPTION.matcher(unknown.group(2))
                    .results()
                    .map((MatchResult option) -> option.group(1))
                    .collect(Collectors.joining(", "));
            return "option " + options + ": unknown (expected: an option of " + unknown.group(1) + ":)";
        }
        for (Map.Entry<Pattern, String> shorter : SHORTER.entrySet()) {
            Matcher matcher = shorter.getKey().matcher(message);
            if (matcher.matches()) {
                return matcher.replaceFirst(shorter.getValue());
            }
        }
        return QUERY.matcher(message).replaceAll("$1");
    }
}
