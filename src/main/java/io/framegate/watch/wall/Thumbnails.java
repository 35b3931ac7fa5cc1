package io.framegate.watch.wall;

import io.framegate.image.ImageTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Smaller copies of stored images, made when somebody looks and kept for a while. One thread makes them, and rests as long as it worked,
 * so that a wall of large pictures leaves the cameras the machine. Thread-safe.
 */
final class Thumbnails implements AutoCloseable {

    private static final int WIDTH = 480;

    /** Shorter ones are shown as they are: a browser makes them smaller for nothing. */
    private static final long SMALL = 48 * 1024;

    /** At some 20 KB each. */
    private static final int KEPT = 400;

    private final ImageTransform transform = new ImageTransform();
    private final Path images;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread made = new Thread(run, "framegate-thumbnails");
        made.setDaemon(true);
        return made;
    });
    private final Map<String, CompletableFuture<byte[]>> copies =
            Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<byte[]>> eldest) {
                    return size() > KEPT;
                }
            });
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    Thumbnails(Path images) {
        this.images = images;
    }

    /** Whether an image is small enough to be shown as it is. */
    static boolean isSmall(LiveImage image) {
        return image.length() <= SMALL;
    }

    /** The copy of an image; fails if it is gone or no picture. */
    CompletableFuture<byte[]> of(LiveImage image) {
        return copies.computeIfAbsent(image.path(), path -> {
            CompletableFuture<byte[]> copy = new CompletableFuture<>();
            schedule(() -> make(images.resolve(path), copy));
            return copy;
        });
    }

    private synchronized void schedule(Runnable make) {
        waiting.add(make);
        if (!busy) {
            busy = true;
            thread.execute(this::next);
        }
    }

    private void next() {
        Runnable make;
        synchronized (this) {
            make = waiting.poll();
            if (make == null) {
                busy = false;
                return;
            }
        }
        long begin = System.nanoTime();
        make.run();
        thread.schedule(this::next, System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    }

    private void make(Path image, CompletableFuture<byte[]> copy) {
        try {
            copy.complete(transform.thumbnail(Files.readAllBytes(image), WIDTH));
        } catch (IOException | RuntimeException e) {
            copy.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
