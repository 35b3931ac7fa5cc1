package io.framegate.watch.wall;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framegate.outbox.Outbox;
import io.framegate.outbox.TargetState;
import io.framegate.settings.Build;
import io.framegate.store.disk.DiskSpace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures in the wall's header. Read once a second while a viewer is connected. Thread-safe. */
public final class GatewayStatus {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.live");

    /** A target whose oldest image waits for longer is behind. */
    private static final Duration BEHIND = Duration.ofSeconds(10);

    private final Instant started = Instant.now();
    private final String node;
    private final Wall wall;
    private final Outbox outbox;
    private final DiskSpace disk;
    private final Path images;
    private final MeterRegistry metrics;
    private long lastNanos = System.nanoTime();
    private long lastImages;
    private long lastBytes;
    private double imagesPerSecond;
    private double bytesPerSecond;

    /** The figures of the gateway of this name. */
    public GatewayStatus(String node, Wall wall, Outbox outbox, DiskSpace disk, Path images, MeterRegistry metrics) {
        this.node = node;
        this.wall = wall;
        this.outbox = outbox;
        this.disk = disk;
        this.images = images;
        this.metrics = metrics;
    }

    synchronized ObjectNode json() {
        measure();
        ObjectNode status = WallJson.object()
                .put("version", Build.version())
                .put("node", node)
                .put("startedAt", started.toString())
                .put("imagesPerSecond", imagesPerSecond)
                .put("bytesPerSecond", bytesPerSecond)
                .put("accepted", counted("framegate.events.accepted"))
                .put("rejected", counted("framegate.rejected"))
                .put("connections", measured("framegate.connections.open"))
                .put("bannedPeers", measured("framegate.banned.peers"));
        status.putObject("quarantine")
                .put("files", measured("framegate.quarantine.files"))
                .put("bytes", measured("framegate.quarantine"));
        disk(status.putObject("disk"));
        targets(status.putArray("targets"));
        return status;
    }

    private long counted(String metric) {
        return (long) metrics.find(metric).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long measured(String metric) {
        Gauge gauge = metrics.find(metric).gauge();
        return gauge == null ? 0 : (long) gauge.value();
    }

    /** Updates the rates, at most twice a second. */
    private void measure() {
        long now = System.nanoTime();
        double seconds = (now - lastNanos) / 1e9;
        if (seconds < 0.5) {
            return;
        }
        imagesPerSecond = (wall.images() - lastImages) / seconds;
        bytesPerSecond = (wall.bytes() - lastBytes) / seconds;
        lastNanos = now;
        lastImages = wall.images();
        lastBytes = wall.bytes();
    }

    private void disk(ObjectNode json) {
        json.put("waiting", disk.isShort());
        try {
            FileStore store = Files.getFileStore(images);
            json.put("freeBytes", store.getUsableSpace()).put("totalBytes", store.getTotalSpace());
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("failure", e.toString()).log("disk not measured");
        }
    }

    private void targets(ArrayNode json) {
        for (String target : outbox.targets()) {
            Duration oldest = outbox.oldest(target);
            json.addObject()
                    .put("name", target)
                    .put("waiting", outbox.waiting(target))
                    .put("oldestSeconds", oldest.toMillis() / 1000.0)
                    .put("setAside", outbox.countSetAside(target))
                    .put("state", state(outbox.state(target), oldest));
        }
    }

    private static String state(TargetState target, Duration oldest) {
        if (target.absence() != null) {
            return "away";
        }
        return oldest.compareTo(BEHIND) > 0 ? "behind" : "ok";
    }
}
