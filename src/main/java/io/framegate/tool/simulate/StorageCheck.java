package io.framegate.tool.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the gateway's directories with the images that the cameras sent, if the directories are given. */
final class StorageCheck implements AutoCloseable {

    private final Ledger ledger;
    private final @Nullable StoredFiles files;
    private final @Nullable QuarantineNotes notes;
    private @Nullable DirectoryWatch watch;

    /**
     * Creates a check of the files that come from now on.
     *
     * @param images the images directory, or null
     * @param quarantine the quarantine directory, or null
     * @param tally gets the latency of each image when its file is seen; null if latency is measured to the answer
     */
    StorageCheck(@Nullable Path images, @Nullable Path quarantine, Ledger ledger, @Nullable Tally tally) {
        this.ledger = ledger;
        this.files = images == null
                ? null
                : new StoredFiles(images.toAbsolutePath(), ledger, (image, now) -> {
                    if (tally != null && image.fate() != ImageFate.DAMAGED && image.fate() != ImageFate.CUT) {
                        tally.latency(image.dueNanos(), now);
                    }
                });
        this.notes = quarantine == null ? null : new QuarantineNotes(quarantine.toAbsolutePath());
    }

    /** Begins to watch the images directory. */
    void watch() throws IOException {
        if (files != null) {
            watch = new DirectoryWatch(files);
        }
    }

    /** Waits for the files, and returns null if there is no images directory to check. */
    @Nullable
    Verification await(Duration settle) throws InterruptedException {
        if (files == null) {
            return null;
        }
        files.awaitAll(settle);
        return Verification.of(ledger, files.now());
    }

    void addTo(Summary summary, @Nullable Verification found) {
        if (files != null && found != null) {
            summary.add(found, files.incompleteAtFirst());
            summary.addMissing(found.missing(), notes == null ? Map.of() : notes.files());
        }
        if (notes != null) {
            summary.addQuarantine(notes.reasons());
        }
    }

    @Override
    public void close() throws IOException {
        if (watch != null) {
            watch.close();
        }
    }
}
