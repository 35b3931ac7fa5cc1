package io.framegate.reload;

import io.framegate.intake.InFlight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts changes in {@code routes/*.camel.yaml} into force while the gateway runs: a changed or new file replaces and adds
 * routes, a deleted file removes its own.
 *
 * <p>A file is tried in a context of its own first ({@link RouteTrial}), so a broken edit changes nothing and is refused with
 * one line. Then packets are kept out of the routes for the moment the change takes, so none meets a route that is half
 * there; cameras wait in TCP and stay connected. Camel's own watcher removes the route before it reads the file, and never
 * notices that a file or a route in it is gone.
 *
 * <p>The directory is compared twice a second rather than watched: file systems of containers and networks do not tell. A file
 * is read when it has not changed between two looks, so an editor may write it in pieces.
 */
public final class RouteReload implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.routes");
    private static final String PATTERN = "*.camel.yaml";
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final CamelContext context;
    private final Path directory;
    private final InFlight inFlight;
    private final RouteFiles files;
    private final RouteTrial trial;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "framegate-reload");
        thread.setDaemon(true);
        return thread;
    });

    /** Content of each file as it was last tried, whether it was taken or refused. */
    private final Map<Path, String> tried = new TreeMap<>();

    private final Set<Path> refused = new LinkedHashSet<>();
    private Map<Path, String> lastLook = new TreeMap<>();

    /** Watches a directory whose routes the context is about to load. */
    public RouteReload(CamelContext context, Path directory, InFlight inFlight) {
        this.context = context;
        this.directory = directory;
        this.inFlight = inFlight;
        this.files = new RouteFiles(context);
        this.trial = new RouteTrial(context);
    }

    /** Takes note of the files as they are, right before the context loads them. */
    public void beforeLoading() {
        try {
            lastLook = look();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": routes cannot be read", e);
        }
        tried.putAll(lastLook);
        lastLook.forEach(files::loaded);
    }

    /** Whether a file besides the template's own, which has its name, mentions this template. */
    public boolean isTemplateElsewhere(String template) {
        return lastLook.entrySet().stream()
                .anyMatch(file -> file.getValue().contains(template)
                        && !file.getKey().getFileName().toString().startsWith(template + "."));
    }

    /** Begins to watch. */
    public void start() {
        timer.scheduleWithFixedDelay(this::compare, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void compare() {
        try {
            Map<Path, String> now = look();
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
                    replace(file, content);
                }
            }
            lastLook = now;
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("failure", e.toString()).log("routes not compared, trying again");
        }
    }

    private Map<Path, String> look() throws IOException {
        Map<Path, String> seen = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, PATTERN)) {
            for (Path file : found) {
                seen.put(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException movedMeanwhile) {
            return lastLook;
        }
        return seen;
    }

    private void replace(Path file, String content) {
        tried.put(file, content);
        try {
            trial.run(file, content, files.otherRoutes(file), files.configuredBy(file, content));
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", RouteProblem.describe(e, content, files.contentOf(file)))
                    .log("routes refused, the old ones keep running");
            refused.add(file);
            return;
        }
        refused.remove(file);
        apply(file, () -> files.replace(file, content));
    }

    private void remove(Path file) {
        tried.remove(file);
        refused.remove(file);
        apply(file, () -> files.remove(file));
    }

    private interface Change {
        String apply() throws Exception;
    }

    private void apply(Path file, Change change) {
        inFlight.pause();
        try {
            if (!inFlight.awaitIdle(IDLE)) {
                LOG.atWarn().addKeyValue("packets", inFlight.packets()).log("routes change while packets are in them");
            }
            String summary = change.apply();
            LOG.atInfo()
                    .addKeyValue("file", file)
                    .addKeyValue("routes", summary)
                    .log("routes changed");
            Set<String> unread = DirectRoutes.unread(context);
            if (!unread.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("endpoints", unread)
                        .log("no route reads from these any more: what is sent there fails");
            }
            // What was refused may have waited for this.
            tried.keySet().removeAll(refused);
            refused.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", RouteProblem.describe(e))
                    .log("routes not changed");
        } finally {
            inFlight.resume();
        }
    }
}
