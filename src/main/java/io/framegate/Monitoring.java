package io.framegate;

import io.framegate.event.AsciiDigits;
import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.framegate.outbox.Outbox;
import io.framegate.reload.RefusedRoutes;
import io.framegate.settings.ByteSize;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.quarantine.QuarantineUsage;
import io.framegate.watch.CameraMeters;
import io.framegate.watch.DiskHealth;
import io.framegate.watch.DiskMetrics;
import io.framegate.watch.IntakeMetrics;
import io.framegate.watch.ListenerHealth;
import io.framegate.watch.OutboxMetrics;
import io.framegate.watch.RouteHealth;
import io.framegate.watch.TargetHealth;
import io.framegate.watch.wall.CamerasHealth;
import io.framegate.watch.wall.Wall;
import io.framegate.watch.wall.WallMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.spi.Registry;

/** Puts together the metrics and health settings, which Camel's server shows. */
public final class Monitoring {

    private Monitoring() {}

    /** Makes what the routes count with, and lets the parts say how they are. */
    public static MeterRegistry begin(
            CamelContext context,
            GatewaySettings settings,
            InFlight packets,
            ConnectionCount connections,
            Outbox outbox,
            DiskSpace disk,
            Wall wall,
            RefusedRoutes refusedRoutes) {
        Registry beans = context.getRegistry();
        // Ours, because the routes want it before Camel would make one.
        MeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        beans.bind(MicrometerConstants.METRICS_REGISTRY_NAME, metrics);
        String most = settings.property("framegate.metrics.cameras").strip();
        beans.bind("cameraMeters", new CameraMeters(metrics, AsciiDigits.parseInt(most, 0)));
        if (!settings.property("framegate.web.enabled").equals("true")) {
            return metrics;
        }
        Path directory = Path.of(settings.property("framegate.quarantine.directory"));
        QuarantineUsage quarantine =
                new QuarantineUsage(directory, ByteSize.parse(settings.property("framegate.quarantine.max-size")));
        beans.bind("quarantineUsage", quarantine);
        quarantine.bindTo(metrics);
        new IntakeMetrics(connections, packets).bindTo(metrics);
        new OutboxMetrics(outbox).bindTo(metrics);
        new DiskMetrics(disk).bindTo(metrics);
        new WallMetrics(wall).bindTo(metrics);
        RouteHealth routeHealth = new RouteHealth(refusedRoutes::problems);
        routeHealth.bindTo(metrics);
        beans.bind("routeHealth", routeHealth);
        beans.bind("listenerHealth", new ListenerHealth(context));
        beans.bind("diskHealth", new DiskHealth(disk));
        beans.bind("camerasHealth", new CamerasHealth(wall, settings.web().silentAfter() != null));
        for (String target : outbox.targets()) {
            beans.bind(target + "Health", new TargetHealth(outbox, target));
        }
        return metrics;
    }
}
