package io.framegate.watch;

import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.framegate.intake.Refusal;
import io.framegate.outbox.Outbox;
import io.framegate.reload.RefusedRoutes;
import io.framegate.settings.Build;
import io.framegate.settings.Settings;
import io.framegate.settings.WebSettings;
import io.framegate.store.disk.DiskSpace;
import io.framegate.watch.wall.CamerasHealth;
import io.framegate.watch.wall.Wall;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;

/** Registers the metrics and health checks that Camel's server shows. */
public final class Monitoring {

    private Monitoring() {}

    /** Creates the meters that the routes need, and registers the health checks. */
    public static void begin(
            CamelContext context,
            Settings settings,
            MeterRegistry metrics,
            InFlight packets,
            ConnectionCount connections,
            Outbox outbox,
            DiskSpace disk,
            Wall wall,
            RefusedRoutes refusedRoutes,
            BiConsumer<String, Object> beans) {
        beans.accept("cameraMeters", new CameraMeters(metrics, settings.get(WebSettings.METERED_CAMERAS)));
        if (!WebSettings.isObserved(settings)) {
            return;
        }
        bindNames(metrics, settings.get(WebSettings.NODE));
        bindIntake(metrics, connections, packets);
        OutboxMetrics deliveries = new OutboxMetrics(outbox);
        deliveries.bindTo(metrics);
        outbox.onAdd(target -> {
            // Existing meters stay.
            deliveries.bindTo(metrics);
            bindDisks(metrics, disk);
            beans.accept(target + "Health", new TargetHealth(outbox, target));
        });
        bindDisks(metrics, disk);
        bindCameras(metrics, wall);
        RouteHealth routeHealth = new RouteHealth(refusedRoutes::problems);
        routeHealth.bindTo(metrics);
        beans.accept("routeHealth", routeHealth);
        beans.accept("listenerHealth", new ListenerHealth(context));
        beans.accept("certificateHealth", new CertificateHealth(context));
        beans.accept("diskHealth", new DiskHealth(disk));
        beans.accept("workerHealth", new WorkerHealth(metrics));
        beans.accept(
                "camerasHealth",
                new CamerasHealth(wall, settings.get(WebSettings.SILENT_AFTER).isPresent()));
        for (String target : outbox.targets()) {
            beans.accept(target + "Health", new TargetHealth(outbox, target));
        }
    }

    /** Adds the metrics of the ports' certificates. Call it when all ports have their certificates. */
    public static void bindCertificates(CamelContext context) {
        new CertificateHealth(context).bindTo(MetricsRegistry.of(context));
    }

    /** Names are labels of separate metrics. Prometheus joins them, and no other series carries them. */
    private static void bindNames(MeterRegistry metrics, String node) {
        Gauge.builder("framegate.build.info", () -> 1)
                .description("The version that runs; always 1")
                .tag("version", Build.version())
                .tag("java", Build.java())
                .register(metrics);
        Gauge.builder("framegate.node.info", () -> 1)
                .description("The gateway's name, framegate.node; always 1")
                .tag("node", node)
                .register(metrics);
    }

    private static void bindIntake(MeterRegistry metrics, ConnectionCount connections, InFlight packets) {
        Gauge.builder("framegate.connections.open", connections, ConnectionCount::open)
                .description("Open connections of cameras")
                .register(metrics);
        for (Refusal reason : Refusal.values()) {
            FunctionCounter.builder("framegate.connections.refused", connections, count -> count.refused(reason))
                    .description("Connections closed before their first packet: limits, bans, access, TLS")
                    .tag("reason", reason.tag())
                    .register(metrics);
        }
        Gauge.builder("framegate.banned.peers", connections, count -> count.bans()
                        .size())
                .description("Addresses that are refused for a while after too many rejects: framegate.intake.ban")
                .register(metrics);
        FunctionCounter.builder("framegate.rejects.dropped", packets, InFlight::droppedRejects)
                .description("Rejects that were answered and not kept, because too many came at a time")
                .register(metrics);
        Gauge.builder("framegate.inflight.packets", packets, InFlight::packets)
                .description("Packets in the routes")
                .register(metrics);
        Gauge.builder("framegate.inflight", packets, InFlight::bytes)
                .description("Memory of packets that are arriving, waiting or in the routes")
                .baseUnit(BaseUnits.BYTES)
                .register(metrics);
        Gauge.builder("framegate.inflight.limit", packets, InFlight::limit)
                .description("Memory at which cameras wait: framegate.intake.memory")
                .baseUnit(BaseUnits.BYTES)
                .register(metrics);
    }

    private static void bindDisks(MeterRegistry metrics, DiskSpace disk) {
        Gauge.builder("framegate.disk.waiting", disk, watched -> watched.isShort() ? 1 : 0)
                .description("1 while cameras wait because a disk is nearly full")
                .register(metrics);
        for (Path directory : disk.directories()) {
            Gauge.builder("framegate.disk.free", directory, path -> path.toFile()
                            .getUsableSpace())
                    .description("Free space of the disk that has the directory")
                    .tag("directory", directory.toString())
                    .baseUnit(BaseUnits.BYTES)
                    .register(metrics);
            Gauge.builder("framegate.disk.size", directory, path -> path.toFile()
                            .getTotalSpace())
                    .description("Size of the disk that has the directory")
                    .tag("directory", directory.toString())
                    .baseUnit(BaseUnits.BYTES)
                    .register(metrics);
        }
    }

    private static void bindCameras(MeterRegistry metrics, Wall wall) {
        Gauge.builder("framegate.cameras.known", wall, Wall::size)
                .description("Cameras that have sent an event since the start, at most 2000")
                .register(metrics);
        Gauge.builder("framegate.cameras.silent", wall, Wall::countSilent)
                .description("Cameras that are silent for longer than usual, or than framegate.web.silent-after")
                .register(metrics);
    }
}
