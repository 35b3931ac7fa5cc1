package io.framegate.tool.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The files that came into a directory since this object was created. Each is hashed when it is first seen. If no image
 * has this hash, the file is hashed again at the end, because some receivers write under the final name.
 *
 * <p>Thread-safe.
 */
final class StoredFiles {

    private static final long CHECK_MILLIS = 100;

    private record Hashed(Sha256 hash, long size, FileTime modified) {}

    private final Path root;
    private final Ledger ledger;
    private final BiConsumer<SentImage, Long> firstSeen;
    private final Set<Path> earlier = new HashSet<>();
    private final Map<Path, Hashed> hashed = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final AtomicInteger incomplete = new AtomicInteger();

    /**
     * Creates the view of a directory that may not exist yet.
     *
     * @param firstSeen gets each image, with the time, when its file is first seen
     */
    StoredFiles(Path root, Ledger ledger, BiConsumer<SentImage, Long> firstSeen) {
        this.root = root;
        this.ledger = ledger;
        this.firstSeen = firstSeen;
        FileTree.walk(root, directory -> {}, (file, attributes) -> earlier.add(file));
    }

    Path root() {
        return root;
    }

    /** Notes a file that was there at this time. */
    void saw(Path file, long now) {
        if (earlier.contains(file) || hashed.containsKey(file) || FileTree.isHidden(file)) {
            return;
        }
        Hashed first = hash(file);
        if (first == null || hashed.putIfAbsent(file, first) != null) {
            return;
        }
        SentImage image = ledger.find(first.hash());
        if (image != null && image.see()) {
            firstSeen.accept(image, now);
            news.release();
        }
    }

    private static @Nullable Hashed hash(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return null;
            }
            return new Hashed(Sha256.of(Files.readAllBytes(file)), attributes.size(), attributes.lastModifiedTime());
        } catch (IOException gone) {
            return null;
        }
    }

    /** Looks for files that were not seen yet. */
    void scan() {
        FileTree.walk(root, directory -> {}, (file, attributes) -> saw(file, System.nanoTime()));
    }

    /** Waits until all images that must be stored are seen, or no new image is seen for the time {@code settle}. */
    void awaitAll(Duration settle) throws InterruptedException {
        long quietSince = System.nanoTime();
        scan();
        while (ledger.awaited() > 0 && System.nanoTime() - quietSince < settle.toNanos()) {
            if (news.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
                quietSince = System.nanoTime();
            } else {
                scan();
            }
        }
        // Second copies come after the first ones.
        do {
            news.drainPermits();
        } while (news.tryAcquire(5 * CHECK_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Returns the hashes of the files that are there now. Hashes again the files that have changed. */
    Map<Path, Sha256> now() {
        Map<Path, Sha256> files = new HashMap<>();
        FileTree.walk(root, directory -> {}, (file, attributes) -> {
            if (!earlier.contains(file)) {
                Hashed known = hashed.get(file);
                Hashed current = known != null
                                && known.size() == attributes.size()
                                && known.modified().equals(attributes.lastModifiedTime())
                                && ledger.find(known.hash()) != null
                        ? known
                        : hash(file);
                if (current != null) {
                    files.put(file, current.hash());
                    if (known != null && !known.equals(current) && ledger.find(known.hash()) == null) {
                        incomplete.incrementAndGet();
                    }
                }
            }
        });
        return files;
    }

    /** Returns how many files {@link #now} found to be not whole when they were first seen. */
    int incompleteAtFirst() {
        return incomplete.get();
    }
}
