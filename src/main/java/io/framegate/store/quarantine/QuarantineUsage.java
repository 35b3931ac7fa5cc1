package io.framegate.store.quarantine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the files and bytes of the quarantine, also as metrics. A caller gets the last count at once and starts a new
 * count in the background. After a count there is a pause of twenty times its duration, so even 100,000 files cost
 * little. Thread-safe.
 */
public final class QuarantineUsage implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.rejected");
    private static final int REST = 20;
    private static final long SHORTEST_REST_NANOS = 1_000_000_000;

    private final Path directory;
    private final long limit;
    private volatile long files;
    private volatile long bytes;
    private boolean counting;
    private long nextNanos = System.nanoTime();

    /** Counts this directory, whose limit is a number of bytes. */
    public QuarantineUsage(Path directory, long limit) {
        this.directory = directory;
        this.limit = limit;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("framegate.quarantine.files", this, QuarantineUsage::files)
                .description("Files in the quarantine: two or three for each packet or image")
                .register(registry);
        Gauge.builder("framegate.quarantine", this, QuarantineUsage::bytes)
                .description("Bytes of the files in the quarantine")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("framegate.quarantine.limit", this, usage -> usage.limit)
                .description("Limit above which the oldest files are deleted: framegate.quarantine.max-size")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    /** The number of files at the last count. */
    public long files() {
        refresh();
        return files;
    }

    /** The number of bytes at the last count. */
    public long bytes() {
        refresh();
        return bytes;
    }

    private synchronized void refresh() {
        if (!counting && System.nanoTime() - nextNanos >= 0) {
            counting = true;
            ForkJoinPool.commonPool().execute(this::count);
        }
    }

    private void count() {
        long begun = System.nanoTime();
        long count = 0;
        long sum = 0;
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                count++;
                sum += file.toFile().length();
            }
            files = count;
            bytes = sum;
        } catch (NoSuchFileException none) {
            files = 0;
            bytes = 0;
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().addKeyValue("failure", e.toString()).log("quarantine not counted");
        }
        rest(System.nanoTime() - begun);
    }

    private synchronized void rest(long taken) {
        nextNanos = System.nanoTime() + Math.max(SHORTEST_REST_NANOS, REST * taken);
        counting = false;
    }
}
