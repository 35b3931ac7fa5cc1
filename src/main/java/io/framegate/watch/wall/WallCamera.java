package io.framegate.watch.wall;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The recent events of one camera, a bounded number. Knows about how much heap they hold. Thread-safe. */
final class WallCamera {

    private static final int RECENT = 24;

    /** About the bytes of heap of a camera without events. */
    private static final int EMPTY = 2000;

    /** The interval of a camera that has sent only once. */
    private static final Duration UNKNOWN_INTERVAL = Duration.ofMinutes(1);

    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);

    /** The weight of a new interval in the moving average. */
    private static final double WEIGHT = 0.2;

    private final String id;
    private final Deque<WallEvent> recent = new ArrayDeque<>(RECENT);
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    private CameraIdentity identity;
    private Instant lastSeen = Instant.EPOCH;
    private Duration interval = Duration.ZERO;
    private @Nullable WallEvent lastEvent;
    private @Nullable WallImage newest;
    private @Nullable WallImage crop;
    private long weight = EMPTY;
    private long images;
    private long lastVersion;
    private long version;
    private long cropVersion;
    private long changed;
    private boolean shownSilent;

    /**
     * Creates a camera. Versions start above this number, because browsers cache the addresses that contain them
     * forever.
     */
    WallCamera(String id, CameraIdentity identity, long firstVersion) {
        this.id = id;
        this.identity = identity;
        lastVersion = firstVersion;
    }

    String id() {
        return id;
    }

    /** Records an event, or one image of it. */
    void add(CameraIdentity sender, WallEvent event, long change) {
        synchronized (this) {
            identity = sender;
            see(event.at());
            lastEvent = event;
            changed = change;
            WallImage image = event.image();
            if (image != null) {
                images++;
                lastVersion++;
                if (image.isCrop()) {
                    crop = image;
                    cropVersion = lastVersion;
                } else {
                    // The old crop belongs to an earlier scene; the crop of this scene follows.
                    crop = null;
                }
                if (!image.isCrop() || newest == null || newest.isCrop()) {
                    newest = image;
                    version = lastVersion;
                }
            }
            if (recent.size() == RECENT) {
                dropOldest();
            }
            recent.addFirst(event);
            weight += event.weight();
        }
        watchers.forEach(Runnable::run);
    }

    /** About the bytes of heap that this camera and its events hold. */
    synchronized long weight() {
        return weight;
    }

    /** The part of the weight that {@link #dropOldest} can free: all events but the newest. */
    synchronized long spare() {
        return recent.size() < 2 ? 0 : weight - EMPTY - recent.getFirst().weight();
    }

    /** Forgets the oldest event. */
    synchronized void dropOldest() {
        weight -= recent.removeLast().weight();
    }

    /** Ignores images of the same packet: they have the same time. */
    private void see(Instant at) {
        if (!lastSeen.equals(Instant.EPOCH) && at.isAfter(lastSeen)) {
            Duration since = Duration.between(lastSeen, at);
            interval = interval.isZero()
                    ? since
                    : Duration.ofNanos((long) (interval.toNanos() * (1 - WEIGHT) + since.toNanos() * WEIGHT));
        }
        if (at.isAfter(lastSeen)) {
            lastSeen = at;
        }
    }

    /** Whether it has been silent for longer than the given time, or for several usual intervals. */
    private boolean isSilent(Instant now, @Nullable Duration after) {
        Duration usual = interval.isZero() ? UNKNOWN_INTERVAL : interval.multipliedBy(4);
        Duration limit = after != null ? after : usual.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : usual;
        return Duration.between(lastSeen, now).compareTo(limit) > 0;
    }

    /** Updates the silence; returns whether it began or ended since the last call. */
    synchronized boolean silenceChanged(Instant now, @Nullable Duration after, LongSupplier change) {
        if (isSilent(now, after) == shownSilent) {
            return false;
        }
        shownSilent = !shownSilent;
        changed = change.getAsLong();
        return true;
    }

    synchronized CameraState state() {
        return new CameraState(
                id, identity, lastSeen, shownSilent, interval, lastEvent, newest, images, version, crop, cropVersion);
    }

    /** The number of the last change. */
    synchronized long changed() {
        return changed;
    }

    synchronized Instant lastSeen() {
        return lastSeen;
    }

    /** The recent events, newest first. */
    synchronized List<WallEvent> recent() {
        return List.copyOf(recent);
    }

    /** Runs a watcher after each change, on the thread that made it; the watcher must return at once. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }
}
