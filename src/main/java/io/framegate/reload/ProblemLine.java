package io.framegate.reload;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The line of a route file that a message speaks of. Camel says which bean, option or class is wrong, but seldom where
 * it is written: the line is the one that has the longest and rarest names of the message. Immutable.
 */
record ProblemLine(String file, int number, double score) {

    private static final Pattern NAME = Pattern.compile("[\\w$-]{3,}(?:\\.[\\w$-]+)*");

    /** What plain English has not: a capital letter inside, a digit, a dot or a hyphen. */
    private static final Pattern NO_ENGLISH = Pattern.compile("..*[A-Z0-9.-].*");

    private static final String QUOTES = ":[{'\"=#/";

    /** The line in these files, or null if none has a name of the message. */
    static @Nullable ProblemLine in(Map<String, String> files, String message) {
        Set<String> names = names(message);
        ProblemLine best = null;
        for (Map.Entry<String, String> file : files.entrySet()) {
            List<String> lines = file.getValue().lines().toList();
            ProblemLine line = best(file.getKey(), lines, all(lines), names);
            if (line != null && (best == null || line.score > best.score)) {
                best = line;
            }
        }
        return best;
    }

    /** The changed line of a file; the first changed one if none has a name of the message. */
    static ProblemLine changed(String file, String content, String before, String message) {
        Set<String> old = before.lines().collect(Collectors.toSet());
        List<String> lines = content.lines().toList();
        List<Integer> changed = all(lines).stream()
                .filter(number -> !old.contains(lines.get(number - 1)))
                .toList();
        ProblemLine best = best(file, lines, changed, names(message));
        return best != null ? best : new ProblemLine(file, changed.isEmpty() ? 1 : changed.get(0), 0);
    }

    /** The line with the id of a route, or null if no file has it. */
    static @Nullable ProblemLine ofRoute(String id, Map<String, String> files) {
        Pattern written = Pattern.compile("\\s*(- )?id: *[\"']?" + Pattern.quote(id) + "[\"']?\\s*");
        for (Map.Entry<String, String> file : files.entrySet()) {
            List<String> lines = file.getValue().lines().toList();
            for (int number : all(lines)) {
                if (written.matcher(lines.get(number - 1)).matches()) {
                    return new ProblemLine(file.getKey(), number, 0);
                }
            }
        }
        return null;
    }

    /** The numbers of all lines but comments. */
    private static List<Integer> all(List<String> lines) {
        return IntStream.rangeClosed(1, lines.size())
                .filter(number -> !lines.get(number - 1).strip().startsWith("#"))
                .boxed()
                .toList();
    }

    private static @Nullable ProblemLine best(
            String file, List<String> lines, Collection<Integer> candidates, Set<String> names) {
        Map<String, Integer> frequency = new HashMap<>();
        lines.forEach(line -> words(line).forEach(word -> frequency.merge(word, 1, Integer::sum)));
        ProblemLine best = null;
        for (int number : candidates) {
            double score = words(lines.get(number - 1)).stream()
                    .filter(names::contains)
                    .mapToDouble(word -> (double) word.length() / frequency.getOrDefault(word, 1))
                    .sum();
            if (score > 0 && (best == null || score > best.score)) {
                best = new ProblemLine(file, number, score);
            }
        }
        return best;
    }

    private static Set<String> words(String line) {
        return NAME.matcher(line).results().map(name -> name.group()).collect(Collectors.toSet());
    }

    /** Words of a message that look like names in a file, or stand before a colon, or after one or a quote. */
    private static Set<String> names(String message) {
        String said = message.replaceFirst("(not found |unknown )?\\(expected: .*", "");
        Set<String> names = new HashSet<>();
        Matcher word = NAME.matcher(said);
        while (word.find()) {
            String ahead = said.substring(0, word.start()).stripTrailing();
            char before = ahead.isEmpty() ? ' ' : ahead.charAt(ahead.length() - 1);
            boolean quoted = QUOTES.indexOf(before) >= 0 || said.startsWith(":", word.end());
            if (quoted || NO_ENGLISH.matcher(word.group()).matches()) {
                names.add(word.group());
            }
        }
        return names;
    }
}
