package io.framegate.watch.wall;

import io.framegate.image.ImageTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.LRUCacheFactory;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/**
 * Makes and caches small copies of stored images on request. One thread makes them and rests as long as it worked, so
 * that a wall of large pictures does not slow the cameras down. Thread-safe.
 */
final class Thumbnails implements AutoCloseable {

    private static final int WIDTH = 480;

    /** Shorter files are served unchanged, and the browser scales them. */
    private static final long SMALL = 48 * 1024;

    /** Some 20 KB each. */
    private static final int KEPT = 400;

    private final ImageTransform transform = new ImageTransform();
    private final Path images;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", "framegate-thumbnails", true));
    private final Map<String, CompletableFuture<byte[]>> copies = LRUCacheFactory.newLRUCache(KEPT);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    Thumbnails(Path images) {
        this.images = images;
    }

    /** Whether an image is served unchanged. */
    static boolean isSmall(WallImage image) {
        return image.length() <= SMALL;
    }

    /** Returns the copy of an image; the future fails if the file is deleted or cannot be decoded. */
    CompletableFuture<byte[]> of(WallImage image) {
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
