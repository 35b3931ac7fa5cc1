package io.framegate.watch.wall;

import io.framegate.image.ImageFormat;
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
 * cannot fill the heap: an image beyond the limits has no small copy and is served unchanged. An image that cannot be
 * decoded has none either. Thread-safe.
 */
final class Thumbnails implements AutoCloseable {

    private static final int WIDTH = 480;

    /** Shorter files are served unchanged, and the browser scales them. */
    private static final long SMALL = 48 * 1024;

    /** About the heap of an entry without its copy. */
    private static final long ENTRY = 600;

    private static final int BYTES_A_PIXEL = 4;

    /** The decoders of WebP and TIFF may keep this for the whole picture, even if they skip pixels. */
    private static final int COSTLY_BYTES_A_PIXEL = 40;

    /** Up to this length, a picture that cannot be decoded is sent instead of its small copy. */
    private static final long LONGEST_ORIGINAL = 512 * 1024;

    private final ImageTransform transform = new ImageTransform();
    private final Path images;
    private final HeapShares budget;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new CamelThreadFactory("#name#", "framegate-thumbnails", true));

    /** The copies by path, the least recently requested one first. Guarded by this. */
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

    /** The answer to a request for a small copy. */
    enum Small {
        /** The image as it is stored. */
        ORIGINAL,
        COPY,
        /** Nothing, because the image is long and cannot be decoded. */
        NONE
    }

    /** Chooses the answer by the image's metadata. */
    Small small(WallImage image) {
        ImageFormat format = ImageFormat.ofMediaType(image.mediaType());
        if (format == null || !format.isReadable()) {
            return image.length() <= LONGEST_ORIGINAL ? Small.ORIGINAL : Small.NONE;
        }
        if (isBeyondLimits(image, format)) {
            return Small.ORIGINAL;
        }
        boolean narrow = image.length() <= SMALL || image.width() <= WIDTH;
        return narrow && format != ImageFormat.TIFF ? Small.ORIGINAL : Small.COPY;
    }

    private boolean isBeyondLimits(WallImage image, ImageFormat format) {
        long pixels = (long) image.width() * image.height();
        boolean costly = format == ImageFormat.WEBP || format == ImageFormat.TIFF;
        return image.length() > budget.picture()
                || pixels > budget.pixels()
                || (costly && pixels * COSTLY_BYTES_A_PIXEL > budget.picture());
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
            byte[] made = transform.thumbnail(Files.readAllBytes(file), WIDTH);
            // A narrow TIFF is returned as it is, but browsers show none.
            complete(path, copy, ImageFormat.of(made) == ImageFormat.TIFF ? transform.convert(made, "jpg") : made);
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
