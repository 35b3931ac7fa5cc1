package io.framegate.reload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in one line what is wrong with a route file, and where. */
public final class RouteProblem {

    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");
    private static final Pattern POSITION = Pattern.compile("line:? ?(\\d+)(?:,? column:? ?(\\d+))?");
    private static final Pattern WORD = Pattern.compile("[\\w-]{4,}");
    private static final int MAX_LENGTH = 400;

    private RouteProblem() {}

    /** The innermost message, with the position of the outermost cause that has one. */
    public static String describe(Throwable failure) {
        String position = position(failure);
        return line(position.isEmpty() ? "" : position + ": ", failure);
    }

    /**
     * The same for a file that was edited. Where the cause has no position, it is the first changed line that has a word of the
     * message, else the first changed line.
     */
    static String describe(Throwable failure, String content, String before) {
        String position = position(failure);
        return line((position.isEmpty() ? "line " + changedLine(failure, content, before) : position) + ": ", failure);
    }

    private static String line(String position, Throwable failure) {
        Throwable root = root(failure);
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        String line = position + LINE_BREAKS.matcher(message).replaceAll(" ");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line;
    }

    private static String position(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A parser names the construct around the problem first and the problem last.
            Optional<MatchResult> last = POSITION.matcher(String.valueOf(cause.getMessage()))
                    .results()
                    .reduce((earlier, later) -> later);
            if (last.isPresent()) {
                String column = last.get().group(2);
                return "line " + last.get().group(1) + (column == null ? "" : ", column " + column);
            }
        }
        return "";
    }

    private static int changedLine(Throwable failure, String content, String before) {
        Set<String> old = before.lines().collect(Collectors.toSet());
        Set<String> words = WORD.matcher(String.valueOf(root(failure).getMessage()))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        List<String> lines = content.lines().toList();
        int first = 0;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (!old.contains(line) && !line.strip().startsWith("#")) {
                first = first == 0 ? number : first;
                if (WORD.matcher(line).results().map(MatchResult::group).anyMatch(words::contains)) {
                    return number;
                }
            }
        }
        return Math.max(first, 1);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
