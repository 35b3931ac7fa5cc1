package io.framegate.watch.wall;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of every camera. Holds the paths of images and no image bytes, for at most {@value #MOST} cameras,
 * so that senders of invented names cannot fill the heap. Thread-safe.
 */
public final class Wall {

    static final int MOST = 2000;

    private final Map<String, WallCamera> cameras = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final LongAdder images = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder forgotten = new LongAdder();
    private final Clock clock;

    /** The time in milliseconds: no run has enough pictures to reach the versions of the next run. */
    private final long firstVersion;

    private final @Nullable Duration silentAfter;

    /**
     * Creates a wall whose cameras count as silent after this time; null for several usual intervals of each camera.
     */
    public Wall(@Nullable Duration silentAfter) {
        this(Clock.systemUTC(), silentAfter);
    }

    Wall(Clock clock, @Nullable Duration silentAfter) {
        this.clock = clock;
        this.silentAfter = silentAfter;
        firstVersion = clock.millis();
    }

    /** Adds an event without images, or one stored image, of a packet that was received at this time. */
    void add(
            String id,
            CameraIdentity identity,
            Instant at,
            String type,
            Map<?, ?> attributes,
            @Nullable Long latencyMillis,
            @Nullable WallImage image) {
        WallCamera camera = cameras.get(id);
        if (camera == null) {
            camera = cameras.computeIfAbsent(id, of -> new WallCamera(of, identity, firstVersion));
        }
        if (image != null) {
            images.increment();
            bytes.add(image.length());
        }
        WallEvent event = new WallEvent(
                events.incrementAndGet(), at, id, identity.name(), type, attributes, latencyMillis, image);
        camera.add(identity, event, changes.incrementAndGet());
        // Not earlier: the new camera has no event yet and would be the one to be dropped.
        dropBeyond();
    }

    private void dropBeyond() {
        while (cameras.size() > MOST) {
            cameras.values().stream()
                    .min(Comparator.comparing(WallCamera::lastSeen))
                    .ifPresent(longest -> {
                        cameras.remove(longest.id());
                        forgotten.increment();
                    });
        }
    }

    @Nullable
    WallCamera camera(String id) {
        return cameras.get(id);
    }

    /** Returns the cameras that have changed since this change; a silence that began is a change. */
    List<CameraState> changedSince(long change) {
        Instant now = clock.instant();
        List<CameraState> changed = new ArrayList<>();
        for (WallCamera camera : cameras.values()) {
            if (camera.silenceChanged(now, silentAfter, changes::incrementAndGet) || camera.changed() > change) {
                changed.add(camera.state());
            }
        }
        return changed;
    }

    /** Returns the silent cameras. */
    List<CameraState> silent() {
        return changedSince(-1).stream().filter(CameraState::silent).toList();
    }

    /** The number of cameras. */
    public int size() {
        return cameras.size();
    }

    /** The number of silent cameras. */
    public int countSilent() {
        return silent().size();
    }

    /** The number of the last change; later changes have higher numbers. */
    long lastChange() {
        return changes.get();
    }

    /** Returns the newest events that match, newest first. */
    List<WallEvent> recent(Predicate<WallEvent> wanted, int most) {
        return cameras.values().stream()
                .flatMap(camera -> camera.recent().stream())
                .filter(wanted)
                .sorted(Comparator.comparingLong(WallEvent::number).reversed())
                .limit(most)
                .toList();
    }

    /** The number of cameras that were dropped because of the limit. */
    long forgotten() {
        return forgotten.sum();
    }

    long images() {
        return images.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    Instant now() {
        return clock.instant();
    }
}
