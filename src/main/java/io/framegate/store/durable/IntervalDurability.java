package io.framegate.store.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces what was written since the last round, on a thread of its own: claims first, then the files they are on, then the directories
 * with their names. At most {@value #MOST} files wait; whoever comes with one more runs the round, so a disk that does not keep up
 * slows the cameras down.
 *
 * <p>What cannot be forced is said in the log, because it has been accepted already.
 */
final class IntervalDurability extends ForcingDurability {

    static final int MOST = 1024;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.durable");

    private record Named(Path root, Path file) {

        Named directory() {
            return new Named(root, Objects.requireNonNull(file.getParent()));
        }
    }

    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "framegate-force");
        thread.setDaemon(true);
        return thread;
    });
    private Set<SharedForce> added = new LinkedHashSet<>();
    private List<Named> files = new ArrayList<>();

    IntervalDurability(Duration interval) {
        rounds.scheduleWithFixedDelay(this::round, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Nothing yet: forced under its final name. */
    @Override
    public void content(FileChannel written) {}

    @Override
    public synchronized void added(SharedForce file) {
        added.add(file);
    }

    @Override
    public void renamed(Path root, Path file) {
        boolean full;
        synchronized (this) {
            files.add(new Named(root, file));
            full = files.size() >= MOST;
        }
        if (full) {
            round();
        }
    }

    @Override
    public void written(Path root, Path file) {
        renamed(root, file);
    }

    private void round() {
        // One at a time: who runs a second one waits, and finds little left.
        synchronized (rounds) {
            Set<SharedForce> claims;
            List<Named> images;
            synchronized (this) {
                claims = added;
                images = files;
                added = new LinkedHashSet<>();
                files = new ArrayList<>();
            }
            Set<Named> names = new LinkedHashSet<>();
            claims.forEach(file -> attempt("claims", file::force));
            for (Named image : images) {
                attempt(image.file(), () -> Force.file(image.file()));
                names.add(image.directory());
            }
            names.forEach(name -> attempt(name.file(), () -> forceNames(name.root(), name.file())));
        }
    }

    private static void attempt(Object what, SharedForce.Action force) {
        try {
            force.run();
        } catch (NoSuchFileException taken) {
            // Whoever moved or deleted it answers for it.
        } catch (IOException | RuntimeException e) {
            LOG.atError()
                    .addKeyValue("what", what)
                    .addKeyValue("failure", e.toString())
                    .log("not forced to disk, a power cut would take what was accepted");
        }
    }

    @Override
    public void close() {
        rounds.shutdown();
        round();
    }
}
