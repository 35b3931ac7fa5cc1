package io.framegate.watch;

import io.framegate.store.disk.DiskShortage;
import io.framegate.store.disk.DiskSpace;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Health check {@code framegate-disk}: down while cameras wait because a disk is nearly full. */
public final class DiskHealth extends AbstractHealthCheck {

    private final DiskSpace disk;

    /** Reports the state of the watched disks. */
    public DiskHealth(DiskSpace disk) {
        super("framegate", "framegate-disk");
        this.disk = disk;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        DiskShortage shortage = disk.shortage();
        if (shortage == null) {
            builder.up();
            return;
        }
        builder.detail("directory", shortage.directory().toString());
        builder.detail("free", shortage.free());
        builder.detail("needed", shortage.needed());
        builder.message("disk nearly full: cameras wait until there is space on that of " + shortage.directory()
                        + ", which has " + shortage.free() + " bytes free and needs " + shortage.needed())
                .down();
    }
}
