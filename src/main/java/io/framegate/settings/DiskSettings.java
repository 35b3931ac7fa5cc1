package io.framegate.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Properties that keep disks from filling up: retention, free space, and the size of the quarantine. */
public final class DiskSettings {

    static final Group GROUP = new Group("Retention, disks, quarantine", DiskSettings::requireOwnDirectories);

    public static final Setting<Optional<Duration>> MAX_AGE =
            GROUP.add("framegate.retention.max-age", Types.timeOrNone("30d"), "", "Deletes older images.");

    public static final Setting<Long> MAX_SIZE = GROUP.add(
            "framegate.retention.max-size",
            Types.sizeOrNone(true),
            "",
            "Deletes the oldest images, with their sidecars and thumbnails, until all images fit in this size.");

    public static final Setting<String> RETENTION_MIN_FREE = GROUP.add(
            "framegate.retention.min-free",
            Types.sizeOrPartOrNone("empty", text -> Types.isNone(text, true)),
            "",
            "Deletes the oldest images at once when their disk has less free space, until it has a tenth more.");

    static final Setting<Duration> EVERY = GROUP.add(
            "framegate.retention.every", Types.time(), "10m", "The pause between two checks of age and size.");

    public static final Setting<String> MIN_FREE = GROUP.add(
            "framegate.disk.min-free",
            Types.sizeOrPartOrNone("`0`", text -> text.equals("0")),
            "100MB",
            "Cameras wait when the disk of images or outbox has less free space; at most half of the disk; `0`: only"
                    + " when it is full.");

    public static final Setting<String> QUARANTINE = GROUP.add(
            "framegate.quarantine.directory",
            Types.directory(),
            "quarantine",
            "The directory of packets and images that could not be read or stored.");

    public static final Setting<Long> QUARANTINE_MAX_SIZE = GROUP.add(
            "framegate.quarantine.max-size",
            Types.size("16KB"),
            "1GB",
            "The space for all files, in whole blocks of 4 KB; the oldest files are deleted first.");

    public static final Setting<Integer> QUARANTINE_MAX_FILES = GROUP.add(
            "framegate.quarantine.max-files",
            Types.number(0, Integer.MAX_VALUE),
            "100000",
            "The number of files, two or three for each packet or image; `0`: no copies are kept, and a packet that"
                    + " needs one is not answered `200`.");

    private DiskSettings() {}

    /** Whether the gateway ever deletes images. */
    public static boolean deletesImages(Settings settings) {
        return settings.get(MAX_AGE).isPresent()
                || settings.get(MAX_SIZE) > 0
                || !settings.get(RETENTION_MIN_FREE).equals("0");
    }

    /**
     * Refuses directories that would harm each other. Two parts may replace each other's files in one directory. The
     * quarantine deletes its oldest files of any kind, the outbox treats each directory in it as a target, and
     * retention treats each picture below the images directory as an image.
     */
    private static void requireOwnDirectories(Settings settings) {
        for (Setting<?> outer : settings.directories()) {
            boolean deletes = outer.equals(StoreSettings.IMAGES) && deletesImages(settings);
            boolean alone = deletes || outer.equals(QUARANTINE) || outer.equals(DeliverSettings.OUTBOX);
            for (Setting<?> inner : settings.directories()) {
                Path path = absolute(settings.get(inner));
                Path other = absolute(settings.get(outer));
                if (!inner.equals(outer)
                        && (path.equals(other) ? !areTargets(inner, outer) : alone && path.startsWith(other))) {
                    throw new SettingException(
                            inner.name(),
                            settings.text(inner) + " (expected: not " + outer.name() + " and not below it"
                                    + (deletes ? " while framegate.retention deletes there)" : ")"));
                }
            }
        }
    }

    /** Two targets may share a directory. */
    private static boolean areTargets(Setting<?> one, Setting<?> other) {
        return one.name().startsWith(DeliverSettings.PREFIX) && other.name().startsWith(DeliverSettings.PREFIX);
    }

    private static Path absolute(Object directory) {
        return Path.of(directory.toString()).toAbsolutePath().normalize();
    }
}
