package io.framegate.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Metrics of single cameras, with the tag {@code camera}. The first cameras each get a series, all others share one
 * name, because each camera costs the metrics server several series forever, and senders may invent names. Thread-safe.
 */
public final class CameraMeters {

    /** The name that all other cameras share. No camera has it, because a safe name has no brackets. */
    static final String OTHERS = "(others)";

    private final MeterRegistry registry;
    private final int most;
    private final Map<String, Meters> cameras = new ConcurrentHashMap<>();

    /** Creates metrics for at most this many cameras. */
    public CameraMeters(MeterRegistry registry, int most) {
        this.registry = registry;
        this.most = most;
    }

    void stored(String camera, long length) {
        Meters meters = cameras.get(camera);
        if (meters == null) {
            meters = cameras.size() < most ? added(camera) : meters(OTHERS);
        }
        meters.stored(length);
    }

    /** Synchronized, so that concurrent new cameras cannot exceed the limit. */
    private synchronized Meters added(String camera) {
        return meters(cameras.size() < most ? camera : OTHERS);
    }

    private Meters meters(String camera) {
        return cameras.computeIfAbsent(camera, name -> new Meters(registry, name));
    }

    private static final class Meters {

        private final Counter images;
        private final Counter bytes;
        private volatile long seen;

        Meters(MeterRegistry registry, String camera) {
            images = Counter.builder("framegate.camera.images")
                    .description("Stored images of the camera")
                    .tag("camera", camera)
                    .register(registry);
            bytes = Counter.builder("framegate.camera.stored")
                    .description("Bytes of the camera's stored images")
                    .baseUnit(BaseUnits.BYTES)
                    .tag("camera", camera)
                    .register(registry);
            TimeGauge.builder("framegate.camera.seen.timestamp", this, TimeUnit.MILLISECONDS, meters ->
                            (double) meters.seen)
                    .description("Time when the camera's last image was stored, in seconds since 1970")
                    .tag("camera", camera)
                    .register(registry);
        }

        void stored(long length) {
            images.increment();
            bytes.increment((double) length);
            seen = System.currentTimeMillis();
        }
    }
}
