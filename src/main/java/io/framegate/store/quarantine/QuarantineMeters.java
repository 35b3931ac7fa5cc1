package io.framegate.store.quarantine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.ForkJoinPool;

/**
 * Metrics of the number of files in the quarantine and of their bytes on the disk. Counts the files in the background
 * while metrics are read, and pauses after a count for twenty times its duration. Thread-safe.
 */
public final class QuarantineMeters implements MeterBinder {

    private static final int REST = 20;
    private static final long SHORTEST_REST_NANOS = 1_000_000_000;

    private final QuarantineSpace space;
    private boolean counting;
    private long nextNanos = System.nanoTime();

    /** Counts the files of this quarantine, for the first time now. */
    public QuarantineMeters(QuarantineSpace space) {
        this.space = space;
        refresh();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("framegate.quarantine.files", () -> refresh().files())
                .description("Files in the quarantine: two or three for each packet or image")
                .register(registry);
        Gauge.builder("framegate.quarantine.limit.files", space::maxFiles)
                .description("Limit above which the oldest files are deleted: framegate.quarantine.max-files")
                .register(registry);
        Gauge.builder("framegate.quarantine", () -> refresh().bytes())
                .description("Bytes that the files in the quarantine occupy, in whole blocks")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("framegate.quarantine.limit", space::maxBytes)
                .description("Limit above which the oldest files are deleted: framegate.quarantine.max-size")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    /** Counts the files in the background, unless they were counted just now. */
    private synchronized QuarantineSpace refresh() {
        if (!counting && System.nanoTime() - nextNanos >= 0) {
            counting = true;
            ForkJoinPool.commonPool().execute(this::count);
        }
        return space;
    }

    private void count() {
        long begun = System.nanoTime();
        try {
            space.count();
        } finally {
            synchronized (this) {
                long now = System.nanoTime();
                nextNanos = now + Math.max(SHORTEST_REST_NANOS, REST * (now - begun));
                counting = false;
            }
        }
    }
}
