package io.framegate.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Properties that keep disks from being full: retention, free space, and the quarantine's size. */
public final class DiskSettings {

    static final Group GROUP = new Group("Retention, disks, quarantine", DiskSettings::requireNothingAmongTheImages);

    public static final Setting<Optional<Duration>> MAX_AGE = GROUP.add(
            "framegate.retention.max-age", Types.timeOrNone("30d"), "", "Deletes stored images that are older.");

    public static final Setting<Long> MAX_SIZE = GROUP.add(
            "framegate.retention.max-size",
            Types.sizeOrNone(true),
            "",
            "Deletes the oldest images, with their sidecars and thumbnails, until all together take no more.");

    public static final Setting<String> RETENTION_MIN_FREE = GROUP.add(
            "framegate.retention.min-free",
            Types.sizeOrPartOrNone("empty", text -> Types.isNone(text, true)),
            "",
            "Deletes the oldest images at once when their disk has less free, until it has a tenth more.");

    static final Setting<Duration> EVERY =
            GROUP.add("framegate.retention.every", Types.time(), "10m", "The pause between two looks at age and size.");

    public static final Setting<String> MIN_FREE = GROUP.add(
            "framegate.disk.min-free",
            Types.sizeOrPartOrNone("`0`", text -> text.equals("0")),
            "100MB",
            "Cameras wait when the disk of images, quarantine or outbox has less free; at most half of the disk; `0`:"
                    + " only when it is full.");

    public static final Setting<String> QUARANTINE = GROUP.add(
            "framegate.quarantine.directory",
            Types.directory(),
            "quarantine",
            "Packets and images that could not be understood or stored.");

    public static final Setting<Long> QUARANTINE_MAX_SIZE =
            GROUP.add("framegate.quarantine.max-size", Types.size(), "1GB", "The oldest files make room for the next.");

    private DiskSettings() {}

    /** Whether the gateway ever deletes images. */
    public static boolean deletesImages(Settings settings) {
        return settings.get(MAX_AGE).isPresent()
                || settings.get(MAX_SIZE) > 0
                || !settings.get(RETENTION_MIN_FREE).equals("0");
    }

    /** Retention would take any file below the images' directory for an image. */
    private static void requireNothingAmongTheImages(Settings settings) {
        if (!deletesImages(settings)) {
            return;
        }
        Path images = absolute(settings.get(StoreSettings.IMAGES));
        for (Setting<?> setting : settings.catalogue().settings()) {
            if (setting.type().needs() == Needs.DIRECTORY
                    && !setting.name().equals(StoreSettings.IMAGES.name())
                    && absolute(settings.text(setting)).startsWith(images)) {
                throw new SettingException(
                        setting.name(),
                        settings.text(setting) + " (expected: not below " + StoreSettings.IMAGES.name()
                                + " while framegate.retention deletes there)");
            }
        }
    }

    private static Path absolute(String directory) {
        return Path.of(directory).toAbsolutePath().normalize();
    }
}
