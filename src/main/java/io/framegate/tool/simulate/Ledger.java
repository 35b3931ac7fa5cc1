package io.framegate.tool.simulate;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every image of a run by its hash: about 200 bytes each. Thread-safe. */
final class Ledger {

    private final Map<Sha256, SentImage> images = new ConcurrentHashMap<>();

    /** Writes an image down, before a byte of it is sent. */
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

    /** Images that must be stored and of which no file has been seen. */
    long awaited() {
        return images.values().stream()
                .filter(image -> image.fate().mustBeStored() && !image.isSeen())
                .count();
    }
}
