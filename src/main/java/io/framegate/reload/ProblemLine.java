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
 * The line of a route file that a message is about. Camel names the wrong bean, option or class, but seldom its
 * position. This class finds the line with the longest and rarest names of the message. Immutable.
 */
record ProblemLine(String file, int number, double score) {

    private static final Pattern NAME = Pattern.compile("[\\w$-]{3,}(?:\\.[\\w$-]+)*");

    /** A word that is not plain English has a capital letter inside, a digit, a dot or a hyphen. */
    private static final Pattern NO_ENGLISH = Pattern.compile("..*[A-Z0-9.-].*");

    private static final String QUOTES = ":[{'\"=#/";

    /** Returns the line in these files, or null if no line has a name of the message. */
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

    /** Returns the changed line of a file, or the first changed line if none has a name of the message. */
    static ProblemLine changed(String file, String content, String before, String message) {
        Set<String> old = before.lines().collect(Collectors.toSet());
        List<String> lines = content.lines().toList();
        List<Integer> changed = all(lines).stream()
                .filter(number -> !old.contains(lines.get(number - 1)))
                .toList();
        ProblemLine best = best(file, lines, changed, names(message));
        return best != null ? best : new ProblemLine(file, changed.isEmpty() ? 1 : changed.get(0), 0);
    }

    /** Returns the line with the id of a route, or null if no file has it. */
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

    /** Returns the numbers of all lines except comments. */
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

    /** Returns the words of a message that look like names, precede a colon, or follow a colon or a quote. */
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
