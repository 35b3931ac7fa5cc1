package io.framegate.reload;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The route files whose newest content was refused: the routes of their last good content keep running, but the next
 * start would fail. A file leaves the list when it is fixed or deleted. The directory is in the list while it cannot be
 * read. Thread-safe.
 */
public final class RefusedRoutes {

    private final Map<Path, RouteProblem> problems = new ConcurrentSkipListMap<>();

    /** Adds a problem. Returns false if the file has the same problem already. */
    boolean add(Path file, RouteProblem problem) {
        return !problem.equals(problems.put(file, problem));
    }

    /** Removes the problem of a file. Returns whether it had one. */
    boolean remove(Path file) {
        return problems.remove(file) != null;
    }

    Set<Path> files() {
        return Set.copyOf(problems.keySet());
    }

    /** Returns the problem of each file, in the order of file names. */
    public List<RouteProblem> problems() {
        return List.copyOf(problems.values());
    }
}
