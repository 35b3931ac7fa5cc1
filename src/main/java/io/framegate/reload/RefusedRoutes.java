package io.framegate.reload;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The route files whose newest content was refused: the routes of their last good content keep running, but the next
 * start would fail. A file leaves the list when it is mended or deleted. Their directory is in the list while it cannot
 * be read. Thread-safe.
 */
public final class RefusedRoutes {

    private final Map<Path, RouteProblem> problems = new ConcurrentSkipListMap<>();

    /** Returns whether the file had another problem before, or none. */
    boolean add(Path file, RouteProblem problem) {
        return !problem.equals(problems.put(file, problem));
    }

    /** Returns whether the file had a problem. */
    boolean remove(Path file) {
        return problems.remove(file) != null;
    }

    Set<Path> files() {
        return Set.copyOf(problems.keySet());
    }

    /** What is wrong with each file, in the order of their names. */
    public List<RouteProblem> problems() {
        return List.copyOf(problems.values());
    }
}
