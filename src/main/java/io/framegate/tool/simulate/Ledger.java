package io.framegate.tool.simulate;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All images of a run by their hash. Each takes about 200 bytes. Thread-safe. */
final class Ledger {

    private final Map<Sha256, SentImage> images = new ConcurrentHashMap<>();

    /** Adds an image, before any of its bytes are sent. */
    void add(SentImage image) {
        images.put(image.hash(), image);
    }

    @Nullable
    SentImage find(Sha256 hash) {
        return images.get(hash);
    }

    Collection<SentImage> images() {
        return images.values();
    }

    long count(ImageFate fate) {
        return images.values().stream().filter(image -> image.fate() == fate).count();
    }

    /** Returns the number of images that must be stored and whose file was not seen yet. */
    long awaited() {
        return images.values().stream()
                .filter(image -> image.fate().mustBeStored() && !image.isSeen())
                .count();
    }
}
