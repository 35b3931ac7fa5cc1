package io.framegate.store.durable;

import io.framegate.log.Reason;
import java.io.IOException;
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
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces everything written since the last round, on one background thread: first the claims, then the images, then the
 * directories with their names. At most {@value #MOST} files wait. The caller that reports one more file runs the round
 * itself, so a disk that does not keep up slows the cameras down.
 *
 * <p>The cameras have their answers already, so a failed force is only logged.
 */
final class IntervalDurability extends ForcingDurability {

    static final int MOST = 1024;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.durable");

    private record Named(Path root, Path file) {

        Named directory() {
            return new Named(root, Objects.requireNonNull(file.getParent()));
        }
    }

    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", "framegate-force", true));
    private Set<SharedForce> added = new LinkedHashSet<>();
    private List<Named> files = new ArrayList<>();

    IntervalDurability(Duration interval) {
        rounds.scheduleWithFixedDelay(this::round, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

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

    private void round() {
        // One round at a time. A caller that waits here finds little left to force.
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
            // Another part moved or deleted the file since, which is no failure.
        } catch (IOException | RuntimeException e) {
            LOG.atError()
                    .addKeyValue("what", what)
                    .addKeyValue("failure", Reason.plain(e))
                    .log("not forced to disk: a power cut would take accepted images");
        }
    }

    @Override
    public void close() {
        rounds.shutdown();
        round();
    }
}
