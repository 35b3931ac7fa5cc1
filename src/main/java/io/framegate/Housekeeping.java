package io.framegate;

import io.framegate.intake.InFlight;
import io.framegate.outbox.Outbox;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.disk.Retention;
import io.framegate.store.disk.RetentionLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;

/** Puts together what keeps the disks from being full. */
final class Housekeeping {

    private Housekeeping() {}

    /** Begins to watch the disks, and makes what the routes need for it. */
    static DiskSpace begin(CamelContext context, GatewaySettings settings, InFlight packets, Outbox outbox) {
        Path images = Path.of(settings.property(GatewaySettings.IMAGES));
        List<Path> directories =
                new ArrayList<>(List.of(images, Path.of(settings.property("framegate.quarantine.directory"))));
        if (!outbox.targets().isEmpty()) {
            directories.add(Path.of(settings.property("framegate.outbox.directory")));
        }
        DiskSpace disk = new DiskSpace(
                packets, settings.property("framegate.disk.min-free").strip(), directories);
        context.getRegistry().bind("disk", disk);
        RetentionLimits limits = settings.retention();
        if (!limits.isOff()) {
            Path thumbnails = Path.of(settings.property("framegate.thumbnail.directory"));
            String name = settings.property("framegate.images.name");
            Retention retention = new Retention(images, name, thumbnails, limits, outbox);
            context.getRegistry().bind("retention", retention);
            // A precondition takes no more than true or false.
            context.getPropertiesComponent().addOverrideProperty("framegate.retention.enabled", "true");
            disk.setRetention(retention);
        }
        disk.start();
        return disk;
    }
}
