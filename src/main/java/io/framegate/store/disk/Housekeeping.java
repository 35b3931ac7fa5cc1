package io.framegate.store.disk;

import io.framegate.intake.InFlight;
import io.framegate.settings.DeliverSettings;
import io.framegate.settings.DiskSettings;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import io.framegate.settings.TransformSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Assembles the parts that keep the disks from getting full. */
public final class Housekeeping {

    private Housekeeping() {}

    /** Starts to watch the disks, and creates the beans that the routes need for it. */
    public static DiskSpace begin(
            Settings settings,
            InFlight packets,
            Undelivered claims,
            Rejects rejects,
            BiConsumer<String, Object> beans) {
        Path images = Path.of(settings.get(StoreSettings.IMAGES));
        List<Path> directories = new ArrayList<>(List.of(images, rejects.directory()));
        if (!settings.targets().isEmpty()) {
            directories.add(Path.of(settings.get(DeliverSettings.OUTBOX)));
        }
        DiskSpace disk = new DiskSpace(packets, settings.get(DiskSettings.MIN_FREE), directories);
        disk.setRejects(rejects);
        beans.accept("disk", disk);
        if (DiskSettings.deletesImages(settings)) {
            RetentionLimits limits = new RetentionLimits(
                    settings.get(DiskSettings.MAX_AGE).orElse(Duration.ZERO),
                    settings.get(DiskSettings.MAX_SIZE),
                    settings.get(DiskSettings.RETENTION_MIN_FREE));
            Path thumbnails = Path.of(settings.get(TransformSettings.THUMBNAILS));
            Retention retention = new Retention(images, settings.get(StoreSettings.NAME), thumbnails, limits, claims);
            beans.accept("retention", retention);
            disk.setRetention(retention);
        }
        disk.start();
        return disk;
    }
}
