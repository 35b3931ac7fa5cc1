package io.framegate.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * A problem of a route file, with its position: {@code store.camel.yaml, line 7: class a.B: not found (expected: ...)}.
 * Immutable.
 *
 * @param file the name of the file, without its directory
 * @param line null if it is unknown
 * @param column null unless the YAML parser has reported it
 * @param reason one line, without values of options and properties that may be secrets
 */
public record RouteProblem(String file, @Nullable Integer line, @Nullable Integer column, String reason) {

    private static final Pattern POSITION = Pattern.compile("line:? ?(\\d+)(?:,? column:? ?(\\d+))?");
    private static final Pattern FILE = Pattern.compile("file:.*?([^/\\\\]+\\.camel\\.yaml)");

    /** The step, in the message of a route that Camel cannot create. */
    private static final Pattern STEP = Pattern.compile("(?s)>>> (.*?) <<<");

    /**
     * Describes why an edited file was refused. If the failure has no position, the line is the first changed line that
     * the reason names, or else the first changed line.
     */
    static RouteProblem ofEdit(Throwable failure, Path file, String content, String before) {
        String name = Objects.toString(file.getFileName());
        String reason = ProblemReason.of(failure);
        RouteProblem positioned = positioned(failure, name, reason);
        if (positioned != null) {
            return positioned;
        }
        ProblemLine changed = ProblemLine.changed(name, content, before, reason);
        return new RouteProblem(name, changed.number(), null, reason);
    }

    /**
     * Describes why the gateway cannot start, if a file in this directory is the cause.
     *
     * @return null if the cause is something else, a port in use for example
     */
    public static @Nullable RouteProblem atStart(Throwable failure, Path directory) {
        String named = named(failure);
        FailedToCreateRouteException route = ObjectHelper.getException(FailedToCreateRouteException.class, failure);
        if (named == null && route == null) {
            return null;
        }
        String reason = ProblemReason.of(failure);
        RouteProblem positioned = named == null ? null : positioned(failure, named, reason);
        if (positioned != null) {
            return positioned;
        }
        Map<String, String> files = new TreeMap<>();
        try {
            RouteTexts.read(directory)
                    .files()
                    .forEach((file, content) -> files.put(Objects.toString(file.getFileName()), content));
        } catch (IOException e) {
            // Without the files, the reason is reported without a line.
        }
        if (named != null) {
            ProblemLine line = ProblemLine.in(only(named, files), reason);
            return new RouteProblem(named, line == null ? null : line.number(), null, reason);
        }
        ProblemLine line = ofRoute(Objects.requireNonNull(route), reason, files);
        return line == null ? null : new RouteProblem(line.file(), line.number(), null, reason);
    }

    /**
     * Finds the line that the reason names, first in the file of the route, then in the other files. Without such a
     * line it is the line of the step, or else of the route's id.
     */
    private static @Nullable ProblemLine ofRoute(
            FailedToCreateRouteException route, String reason, Map<String, String> files) {
        ProblemLine id = ProblemLine.ofRoute(String.valueOf(route.getRouteId()), files);
        Map<String, String> own = id == null ? Map.of() : only(id.file(), files);
        Matcher step = STEP.matcher(String.valueOf(route.getMessage()));
        ProblemLine line = ProblemLine.in(own, reason);
        line = line != null ? line : ProblemLine.in(files, reason);
        line = line != null || !step.find() ? line : ProblemLine.in(own, step.group(1));
        return line != null ? line : id;
    }

    private static Map<String, String> only(String file, Map<String, String> files) {
        return Map.of(file, files.getOrDefault(file, ""));
    }

    private static @Nullable RouteProblem positioned(Throwable failure, String file, String reason) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A parser names the construct around the problem first and the problem last.
            Optional<MatchResult> last = POSITION.matcher(String.valueOf(cause.getMessage()))
                    .results()
                    .reduce((earlier, later) -> later);
            if (last.isPresent()) {
                String column = last.get().group(2);
                return new RouteProblem(
                        file,
                        Integer.valueOf(last.get().group(1), 10),
                        column == null ? null : Integer.valueOf(column, 10),
                        reason);
            }
        }
        return null;
    }

    private static @Nullable String named(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher file = FILE.matcher(String.valueOf(cause.getMessage()));
            if (file.find()) {
                return file.group(1);
            }
        }
        return null;
    }

    /** Returns the position and the reason, for a line that already names the file. */
    String inFile() {
        return position().isEmpty() ? reason : position() + ": " + reason;
    }

    private String position() {
        return line == null ? "" : "line " + line + (column == null ? "" : ", column " + column);
    }

    @Override
    public String toString() {
        return file + (line == null ? "" : ", " + position()) + ": " + reason;
    }
}
