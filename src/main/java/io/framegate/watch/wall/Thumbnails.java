package io.framegate.watch.wall;

import io.framegate.image.ImageTransform;
import io.framegate.settings.HeapShares;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/**
 * Makes and caches small copies of stored images on request. One thread makes them and rests as long as it worked, so
 * that a wall of large pictures does not slow the cameras down. Files, pixels and copies have limits, so that pictures
 * cannot fill the heap: an image beyond the limits has no small copy and is served unchanged. Thread-safe.
 */
final class Thumbnails implements AutoCloseable {

    private static final int WIDTH = 480;

    /** Shorter files are served unchanged, and the browser scales them. */
    private static final long SMALL = 48 * 1024;

    /** About the heap of an entry without its copy. */
    private static final long ENTRY = 600;

    private static final int BYTES_A_PIXEL = 4;

    /** The WebP decoder keeps its working data for the whole picture, even if it skips pixels. */
    private static final int WEBP_BYTES_A_PIXEL = 33;

    private final ImageTransform transform = new ImageTransform();
    private final Path images;
    private final HeapShares budget;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", "framegate-thumbnails", true));

    /** The copies by path, the one that was asked for longest ago first. Guarded by this. */
    private final Map<String, CompletableFuture<byte[]>> copies = new LinkedHashMap<>(16, 0.75f, true);

    private long held;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    Thumbnails(Path images, HeapShares budget) {
        this.images = images;
        this.budget = budget;
        transform.setMaxPixels(budget.pixels());
        transform.setMaxDecodedPixels(Math.max(1, budget.picture() / BYTES_A_PIXEL));
    }

    /** Whether an image is served unchanged: it is small, or too large to be made smaller. */
    boolean isUnchanged(WallImage image) {
        long pixels = (long) image.width() * image.height();
        return image.length() <= SMALL
                || image.width() <= WIDTH
                || image.length() > budget.picture()
                || pixels > budget.pixels()
                || (image.mediaType().equals("image/webp") && pixels * WEBP_BYTES_A_PIXEL > budget.picture());
    }

    /** Returns the copy of an image; the future fails if the file is deleted or cannot be decoded. */
    synchronized CompletableFuture<byte[]> of(WallImage image) {
        CompletableFuture<byte[]> known = copies.get(image.path());
        if (known != null) {
            return known;
        }
        CompletableFuture<byte[]> copy = new CompletableFuture<>();
        copies.put(image.path(), copy);
        held += ENTRY;
        shrink();
        schedule(() -> make(image.path(), copy));
        return copy;
    }

    private void shrink() {
        Iterator<CompletableFuture<byte[]>> oldest = copies.values().iterator();
        while (held > budget.smallCopies() && oldest.hasNext()) {
            held -= weight(oldest.next());
            oldest.remove();
        }
    }

    private static long weight(CompletableFuture<byte[]> copy) {
        return ENTRY + (copy.isDone() && !copy.isCompletedExceptionally() ? copy.join().length : 0);
    }

    /** About the bytes of heap that the copies hold. */
    synchronized long held() {
        return held;
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

    private void make(String path, CompletableFuture<byte[]> copy) {
        try {
            Path file = images.resolve(path);
            if (Files.size(file) > budget.picture()) {
                throw new IOException("small copy: " + path + " has become too large");
            }
            complete(path, copy, transform.thumbnail(Files.readAllBytes(file), WIDTH));
        } catch (IOException | RuntimeException e) {
            copy.completeExceptionally(e);
        }
    }

    private void complete(String path, CompletableFuture<byte[]> copy, byte[] made) {
        synchronized (this) {
            if (copies.get(path) == copy) {
                held += made.length;
                copy.complete(made);
                shrink();
                return;
            }
        }
        copy.complete(made);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
