package io.framegate.context;

import io.framegate.settings.DiskSettings;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates the durability and tests it with the quarantine, so that an unusable directory fails the start. */
final class ForcedDirectories {

    private ForcedDirectories() {}

    static Durability durability(Settings settings) {
        Path quarantine = Path.of(settings.get(DiskSettings.QUARANTINE));
        requireWritable(DiskSettings.QUARANTINE.name(), quarantine);
        Durability durability =
                Durability.of(settings.get(StoreSettings.DURABILITY), settings.get(StoreSettings.DURABILITY_INTERVAL));
        try {
            durability.makeRoot(quarantine);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "framegate.durability: " + quarantine
                            + " cannot be forced to disk (expected: a local file system, or none)",
                    e);
        }
        return durability;
    }

    private static void requireWritable(String name, Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + directory + " cannot be made (expected: writable)", e);
        }
        if (!Files.isWritable(directory)) {
            throw new IllegalStateException(name + ": " + directory + " (expected: writable)");
        }
    }
}
