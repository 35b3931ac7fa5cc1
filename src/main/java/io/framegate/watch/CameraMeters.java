package io.framegate.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The metrics of single cameras, by {@code camera}. Only so many of the first cameras have their own, and all others one together, because
 * each camera costs whoever collects metrics some series for ever, and senders make up names. Thread-safe.
 */
public final class CameraMeters {

    /** What all others are called; no camera is, because a safe name has no brackets. */
    static final String OTHERS = "(others)";

    private final MeterRegistry registry;
    private final int most;
    private final Map<String, Meters> cameras = new ConcurrentHashMap<>();

    /** Metrics of this registry, for this many cameras. */
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

    /** One at a time, or there would be more than so many. */
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
                    .description("Images of the camera that were stored")
                    .tag("camera", camera)
                    .register(registry);
            bytes = Counter.builder("framegate.camera.stored")
                    .description("Bytes of the camera's images that were stored")
                    .baseUnit(BaseUnits.BYTES)
                    .tag("camera", camera)
                    .register(registry);
            TimeGauge.builder("framegate.camera.seen", this, TimeUnit.MILLISECONDS, meters -> (double) meters.seen)
                    .description("When the camera's last image was stored, in seconds since 1970")
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
