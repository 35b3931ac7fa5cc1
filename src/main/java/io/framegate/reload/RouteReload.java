package io.framegate.reload;

import io.framegate.intake.InFlight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies changes of {@code routes/*.camel.yaml} while the gateway runs: a changed or new file replaces or adds routes,
 * a deleted file removes its routes.
 *
 * <p>A file is first tried in a separate context ({@link RouteTrial}), so a broken edit changes nothing and is refused
 * with one line. Then the intake pauses during the change, so no packet meets a half-replaced route; cameras wait in
 * TCP and stay connected. Camel's own watcher removes the route before it reads the file, and does not notice deleted
 * files or routes.
 *
 * <p>The directory is compared twice a second, because file systems of containers and networks do not send
 * notifications. A file is read when two comparisons in a row find the same content, so an editor may write it in
 * pieces.
 */
public final class RouteReload implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.routes");
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private static final String REFUSED = "routes refused, the old ones keep running";

    private final CamelContext context;
    private final Path directory;
    private final InFlight inFlight;
    private final RefusedRoutes refused;
    private final RouteFiles files;
    private final RouteTrial trial;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "framegate-reload");
        thread.setDaemon(true);
        return thread;
    });

    /** The content of each file when it was last tried, whether it was accepted or refused. */
    private final Map<Path, String> tried = new TreeMap<>();

    private Map<Path, String> lastLook = new TreeMap<>();

    /** The reason why the last comparison could not read the files, or null if it could. */
    private @Nullable RouteProblem unreadable;

    /** Watches a directory whose routes the context is about to load, and keeps the list of refused files. */
    public RouteReload(CamelContext context, Path directory, InFlight inFlight, RefusedRoutes refused) {
        this.context = context;
        this.directory = directory;
        this.inFlight = inFlight;
        this.refused = refused;
        this.files = new RouteFiles(context);
        this.trial = new RouteTrial(context);
    }

    /** Reads the files, right before the context loads them. */
    public void beforeLoading() {
        try {
            lastLook = RouteTexts.read(directory).files();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": routes cannot be read", e);
        }
        tried.putAll(lastLook);
        lastLook.forEach(files::loaded);
    }

    /** Starts to watch. */
    public void start() {
        start(INTERVAL);
    }

    void start(Duration interval) {
        timer.scheduleWithFixedDelay(this::compare, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void compare() {
        try {
            Map<Path, String> now = RouteTexts.read(directory).files();
            Set<Path> all = new LinkedHashSet<>(files.paths());
            all.addAll(tried.keySet());
            all.addAll(now.keySet());
            for (Path file : all) {
                String content = now.get(file);
                String before = lastLook.get(file);
                if (content == null) {
                    if (before == null) {
                        remove(file);
                    }
                } else if (content.equals(before) && !content.equals(tried.get(file))) {
                    replace(file, content, now);
                }
            }
            lastLook = now;
            unreadable = null;
            if (refused.remove(directory)) {
                LOG.atInfo().addKeyValue("directory", directory).log("routes can be read again");
            }
        } catch (IOException | RuntimeException e) {
            Path file = e instanceof FileSystemException of && of.getFile() != null ? Path.of(of.getFile()) : directory;
            unreadable(new RouteProblem(Objects.toString(file.getFileName()), null, null, StartFailure.reason(e)));
        }
    }

    /**
     * Keeps all routes while their directory cannot be read, and reports that once. A file that was moved while the
     * directory was read fails one comparison only, which is not reported.
     */
    private void unreadable(RouteProblem problem) {
        // A file counts as deleted only if two comparisons miss it, also after the directory was unreadable.
        Map<Path, String> seen = new TreeMap<>(tried);
        seen.putAll(lastLook);
        lastLook = seen;
        if (problem.equals(unreadable) && refused.add(directory, problem)) {
            LOG.atError()
                    .addKeyValue("directory", directory)
                    .addKeyValue("reason", problem)
                    .log("routes cannot be read, the old ones keep running");
        }
        unreadable = problem;
    }

    private void replace(Path file, String content, Map<Path, String> now) {
        tried.put(file, content);
        String before = files.contentOf(file);
        // The edited file is last, so that a problem with two files is reported for it.
        Map<Path, String> edited = new LinkedHashMap<>(now);
        edited.remove(file);
        Map<Path, String> unchanged = new LinkedHashMap<>(edited);
        edited.put(file, content);
        unchanged.put(file, before);
        List<RouteProblem> problems = new RouteTexts(edited).problems();
        problems.removeAll(new RouteTexts(unchanged).problems());
        if (!problems.isEmpty()) {
            refuse(file, problems.get(0), REFUSED);
            return;
        }
        try {
            trial.run(file, content, files.otherRoutes(file), files.configuredBy(file, content));
        } catch (Exception e) {
            refuse(file, RouteProblem.ofEdit(e, file, content, before), REFUSED);
            return;
        }
        try {
            apply(file, () -> files.replace(file, content));
        } catch (Exception e) {
            refuse(file, RouteProblem.ofEdit(e, file, content, before), "routes not changed");
        }
    }

    private void refuse(Path file, RouteProblem problem, String message) {
        refused.add(file, problem);
        LOG.atError()
                .addKeyValue("file", file)
                .addKeyValue("reason", file.endsWith(problem.file()) ? problem.inFile() : problem)
                .log(message);
    }

    private void remove(Path file) {
        tried.remove(file);
        refused.remove(file);
        try {
            apply(file, () -> files.remove(file));
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", ProblemReason.of(e))
                    .log("routes not changed");
        }
    }

    private interface Change {
        String apply() throws Exception;
    }

    /** Makes a change while no packet is in the routes. */
    private void apply(Path file, Change change) throws Exception {
        inFlight.pause();
        try {
            if (!inFlight.awaitIdle(IDLE)) {
                LOG.atWarn().addKeyValue("packets", inFlight.packets()).log("routes change while packets are in them");
            }
            String summary = change.apply();
            refused.remove(file);
            LOG.atInfo()
                    .addKeyValue("file", file)
                    .addKeyValue("routes", summary)
                    .log("routes changed");
            Set<String> unread = DirectRoutes.unread(context);
            if (!unread.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("endpoints", unread)
                        .log("no route reads from these any more: sending there fails");
            }
            // Try the other refused files again: this change may have fixed their problem.
            tried.keySet().removeAll(refused.files());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inFlight.resume();
        }
    }
}
