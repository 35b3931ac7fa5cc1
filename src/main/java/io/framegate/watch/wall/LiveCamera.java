package io.framegate.watch.wall;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What one camera has sent last. Its number of events is bounded. Thread-safe. */
final class LiveCamera {

    private static final int RECENT = 24;

    /** A camera that has sent only once says nothing of how often it does. */
    private static final Duration UNKNOWN_INTERVAL = Duration.ofMinutes(1);

    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);

    /** An interval counts that much less than the ones before it. */
    private static final double WEIGHT = 0.2;

    private final String id;
    private final Deque<LiveEvent> recent = new ArrayDeque<>(RECENT);
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    private CameraIdentity identity;
    private Instant lastSeen = Instant.EPOCH;
    private Duration interval = Duration.ZERO;
    private @Nullable LiveEvent lastEvent;
    private @Nullable LiveImage newest;
    private @Nullable LiveImage crop;
    private long images;
    private long lastVersion;
    private long version;
    private long cropVersion;
    private long changed;
    private boolean shownSilent;

    /** One whose versions are higher than this number: they are part of addresses that a browser keeps for ever. */
    LiveCamera(String id, CameraIdentity identity, long firstVersion) {
        this.id = id;
        this.identity = identity;
        lastVersion = firstVersion;
    }

    String id() {
        return id;
    }

    /** Takes note of an event, or of one image of it. */
    void add(CameraIdentity sender, LiveEvent event, long change) {
        synchronized (this) {
            identity = sender;
            see(event.at());
            lastEvent = event;
            changed = change;
            LiveImage image = event.image();
            if (image != null) {
                images++;
                lastVersion++;
                if (image.isCrop()) {
                    crop = image;
                    cropVersion = lastVersion;
                } else {
                    // That was of an earlier scene; its own comes behind it.
                    crop = null;
                }
                if (!image.isCrop() || newest == null || newest.isCrop()) {
                    newest = image;
                    version = lastVersion;
                }
            }
            if (recent.size() == RECENT) {
                recent.removeLast();
            }
            recent.addFirst(event);
        }
        watchers.forEach(Runnable::run);
    }

    /** Images of one packet come at one time, which says nothing of the interval. */
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

    /** Whether it has been silent for much longer than it usually is, or than it may be. */
    private boolean isSilent(Instant now, @Nullable Duration after) {
        Duration usual = interval.isZero() ? UNKNOWN_INTERVAL : interval.multipliedBy(4);
        Duration limit = after != null ? after : usual.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : usual;
        return Duration.between(lastSeen, now).compareTo(limit) > 0;
    }

    /** Takes note of a silence that began or ended since it was last looked at; whether one did. */
    synchronized boolean silenceChanged(Instant now, @Nullable Duration after, LongSupplier change) {
        if (isSilent(now, after) == shownSilent) {
            return false;
        }
        shownSilent = !shownSilent;
        changed = change.getAsLong();
        return true;
    }

    /** What the wall shows of it. */
    synchronized CameraState state() {
        return new CameraState(
                id, identity, lastSeen, shownSilent, interval, lastEvent, newest, images, version, crop, cropVersion);
    }

    /** The number of the last change of anything that is shown. */
    synchronized long changed() {
        return changed;
    }

    synchronized Instant lastSeen() {
        return lastSeen;
    }

    /** The newest first. */
    synchronized List<LiveEvent> recent() {
        return List.copyOf(recent);
    }

    /** Calls back after each change, on the thread of who made it: for a moment only. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }
}
