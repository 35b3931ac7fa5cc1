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
 * What every camera has sent last. Holds no image, but where each is stored; of at most {@value #MOST} cameras, so that senders of
 * made-up names fill no heap. Thread-safe.
 */
public final class Wall {

    static final int MOST = 2000;

    private final Map<String, LiveCamera> cameras = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final LongAdder images = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder forgotten = new LongAdder();
    private final Clock clock;

    /** No run has pictures enough to reach the next one's. */
    private final long firstVersion;

    private final @Nullable Duration silentAfter;

    /** Whose cameras are silent after that time; null for a few of each camera's own intervals. */
    public Wall(@Nullable Duration silentAfter) {
        this(Clock.systemUTC(), silentAfter);
    }

    Wall(Clock clock, @Nullable Duration silentAfter) {
        this.clock = clock;
        this.silentAfter = silentAfter;
        firstVersion = clock.millis();
    }

    /** Takes note of an event without images, or of one stored image, of a packet that was received then. */
    void add(
            String id,
            CameraIdentity identity,
            Instant at,
            String type,
            Map<?, ?> attributes,
            @Nullable Long latencyMillis,
            @Nullable LiveImage image) {
        LiveCamera camera = cameras.get(id);
        if (camera == null) {
            camera = cameras.computeIfAbsent(id, of -> new LiveCamera(of, identity, firstVersion));
        }
        if (image != null) {
            images.increment();
            bytes.add(image.length());
        }
        LiveEvent event = new LiveEvent(
                events.incrementAndGet(), at, id, identity.name(), type, attributes, latencyMillis, image);
        camera.add(identity, event, changes.incrementAndGet());
        // Not before, or the new one, which was never seen, would be the one to go.
        dropBeyond();
    }

    private void dropBeyond() {
        while (cameras.size() > MOST) {
            cameras.values().stream()
                    .min(Comparator.comparing(LiveCamera::lastSeen))
                    .ifPresent(longest -> {
                        cameras.remove(longest.id());
                        forgotten.increment();
                    });
        }
    }

    @Nullable
    LiveCamera camera(String id) {
        return cameras.get(id);
    }

    /** Those that have changed since this change, silences that began among them. */
    List<CameraState> changedSince(long change) {
        Instant now = clock.instant();
        List<CameraState> changed = new ArrayList<>();
        for (LiveCamera camera : cameras.values()) {
            if (camera.silenceChanged(now, silentAfter, changes::incrementAndGet) || camera.changed() > change) {
                changed.add(camera.state());
            }
        }
        return changed;
    }

    /** Those that have been silent for too long. */
    List<CameraState> silent() {
        return changedSince(-1).stream().filter(CameraState::silent).toList();
    }

    /** How many cameras there are. */
    public int size() {
        return cameras.size();
    }

    /** How many of them are silent. */
    public int countSilent() {
        return silent().size();
    }

    /** The number of the last change. What comes later has a higher one. */
    long lastChange() {
        return changes.get();
    }

    /** The newest events of all cameras that are wanted, the newest first. */
    List<LiveEvent> recent(Predicate<LiveEvent> wanted, int most) {
        return cameras.values().stream()
                .flatMap(camera -> camera.recent().stream())
                .filter(wanted)
                .sorted(Comparator.comparingLong(LiveEvent::number).reversed())
                .limit(most)
                .toList();
    }

    /** How many cameras were there and are not any more, because there were too many. */
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
