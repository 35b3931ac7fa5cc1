package io.framegate.watch;

import io.framegate.store.disk.DiskSpace;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;

/** Metrics of the disks, with the tag {@code directory}, and whether cameras wait for space. */
public final class DiskMetrics implements MeterBinder {

    private final DiskSpace disk;

    public DiskMetrics(DiskSpace disk) {
        this.disk = disk;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("framegate.disk.waiting", disk, watched -> watched.isShort() ? 1 : 0)
                .description("1 while cameras wait because a disk is nearly full")
                .register(registry);
        for (Path directory : disk.directories()) {
            Gauge.builder("framegate.disk.free", directory, watched -> watched.toFile()
                            .getUsableSpace())
                    .description("Free space of the disk that has the directory")
                    .tag("directory", directory.toString())
                    .baseUnit(BaseUnits.BYTES)
                    .register(registry);
            Gauge.builder("framegate.disk.size", directory, watched -> watched.toFile()
                            .getTotalSpace())
                    .description("Size of the disk that has the directory")
                    .tag("directory", directory.toString())
                    .baseUnit(BaseUnits.BYTES)
                    .register(registry);
        }
    }
}
