package io.framegate.watch.wall;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of every camera. Holds the paths of images and no image bytes, for at most {@value #MOST} cameras
 * and within a limit of bytes, so that senders of invented names or long texts cannot fill the heap. Beyond the limit,
 * the camera that holds most loses its oldest event. Thread-safe.
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
    private final long maxBytes;

    /** About the heap that all cameras hold. Changes with an addition only, and additions are made one by one. */
    private long held;

    /**
     * Creates a wall whose cameras count as silent after this time; null for several usual intervals of each camera.
     *
     * @param maxBytes the heap that the events may hold
     */
    public Wall(@Nullable Duration silentAfter, long maxBytes) {
        this(Clock.systemUTC(), silentAfter, maxBytes);
    }

    Wall(Clock clock, @Nullable Duration silentAfter, long maxBytes) {
        this.clock = clock;
        this.silentAfter = silentAfter;
        this.maxBytes = maxBytes;
        firstVersion = clock.millis();
    }

    /** Adds an event without images, or one stored image, of a packet that was received at this time. */
    synchronized void add(
            String id,
            CameraIdentity identity,
            Instant at,
            String type,
            Map<?, ?> attributes,
            @Nullable Long latencyMillis,
            @Nullable WallImage image) {
        WallCamera camera = cameras.get(id);
        if (camera == null) {
            camera = new WallCamera(id, identity, firstVersion);
            held += camera.weight();
        }
        if (image != null) {
            images.increment();
            bytes.add(image.length());
        }
        WallEvent event = new WallEvent(
                events.incrementAndGet(), at, id, identity.name(), type, attributes, latencyMillis, image);
        long before = camera.weight();
        camera.add(identity, event, changes.incrementAndGet());
        held += camera.weight() - before;
        // Not earlier, because a camera without an event would be dropped first.
        cameras.putIfAbsent(id, camera);
        if (cameras.size() > MOST) {
            forgetOne();
        }
        if (held > maxBytes) {
            shrink();
        }
    }

    /** Shrinks to 90 % of the limit, so that not each addition has to scan all cameras. */
    private void shrink() {
        while (held > maxBytes / 10 * 9 && !cameras.isEmpty()) {
            WallCamera largest = Collections.max(cameras.values(), Comparator.comparingLong(WallCamera::spare));
            if (largest.spare() == 0) {
                // Every camera has one event.
                forgetOne();
            } else {
                long before = largest.weight();
                largest.dropOldest();
                held += largest.weight() - before;
            }
        }
    }

    private void forgetOne() {
        WallCamera longest = Collections.min(cameras.values(), Comparator.comparing(WallCamera::lastSeen));
        cameras.remove(longest.id());
        held -= longest.weight();
        forgotten.increment();
    }

    /** About the bytes of heap that all cameras hold. */
    synchronized long held() {
        return held;
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
