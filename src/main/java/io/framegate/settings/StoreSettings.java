package io.framegate.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Properties of the store: the images that it keeps, their names, and the writes that it forces to disk. */
public final class StoreSettings {

    static final Group GROUP = new Group("Images");

    /** The roles of images: the whole scene, a face, a plate and others. */
    public static final List<String> ROLES = List.of("scene", "face", "plate", "target", "snapshot", "album");

    public static final Setting<String> IMAGES = GROUP.add(
            "framegate.images.directory",
            Types.directory(),
            "images",
            "The directory of the stored images, for one gateway at a time.");

    public static final Setting<String> NAME = GROUP.add(
            "framegate.images.name",
            Types.expression(),
            "image_${header.FramegateCounter}_${header.FramegateCameraName}_${header.FramegateReceivedStamp}"
                    + "${header.FramegateRoleSuffix}.${header.FramegateExtension}",
            "The path below that directory; every part is made a safe name, and no existing file is ever replaced.");

    static final Setting<String> KEPT_ROLES = GROUP.add(
            "framegate.images.roles",
            Types.someOf(ROLES),
            String.join(",", ROLES),
            "The roles of the images that are stored.");

    public static final Setting<String> TIME_ZONE = GROUP.add(
            "framegate.time-zone",
            Types.zone(),
            "system",
            "The zone of dates and times in names, and of cameras' local times.");

    static final Setting<Integer> RETRIES = GROUP.add(
            "framegate.store.retries",
            Types.number(0, Integer.MAX_VALUE),
            "5",
            "The number of retries to store an image.");

    static final Setting<Duration> RETRY_DELAY = GROUP.add(
            "framegate.store.retry-delay",
            Types.time(),
            "500ms",
            "The pause before the first retry; it doubles with each retry, up to 10 s.");

    public static final Setting<Optional<Duration>> WINDOW = GROUP.add(
            "framegate.deduplicate.window",
            Types.timeOrNone("10m"),
            "0",
            "An event that a camera repeats within this time is accepted, but not stored again; `0`: all are stored.");

    public static final Setting<Integer> MAX_ENTRIES = GROUP.add(
            "framegate.deduplicate.max-entries",
            Types.number(1, 10_000_000),
            "10000",
            "The events that are remembered, at about 250 bytes of heap each; the oldest are forgotten first.");

    public static final Setting<String> DURABILITY = GROUP.add(
            "framegate.durability",
            Types.choice(List.of("none", "interval", "always")),
            "none",
            "When stored images are forced to disk, so that they survive a power cut.");

    public static final Setting<Duration> DURABILITY_INTERVAL = GROUP.add(
            "framegate.durability.interval", Types.time(), "1s", "The pause between two forces, for `interval`.");

    private StoreSettings() {}
}
