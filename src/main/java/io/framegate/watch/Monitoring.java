package io.framegate.watch;

import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.framegate.outbox.Outbox;
import io.framegate.reload.RefusedRoutes;
import io.framegate.settings.DiskSettings;
import io.framegate.settings.Settings;
import io.framegate.settings.WebSettings;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.quarantine.QuarantineUsage;
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

/** Puts together the metrics and health checks that Camel's server shows. */
public final class Monitoring {

    private Monitoring() {}

    /** Makes the meters that the routes need, and registers the health checks. */
    public static MeterRegistry begin(
            CamelContext context,
            Settings settings,
            InFlight packets,
            ConnectionCount connections,
            Outbox outbox,
            DiskSpace disk,
            Wall wall,
            RefusedRoutes refusedRoutes) {
        Registry beans = context.getRegistry();
        // The routes need it before Camel would make one.
        MeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        beans.bind(MicrometerConstants.METRICS_REGISTRY_NAME, metrics);
        beans.bind("cameraMeters", new CameraMeters(metrics, settings.get(WebSettings.METERED_CAMERAS)));
        if (!settings.get(WebSettings.ENABLED)) {
            return metrics;
        }
        QuarantineUsage quarantine = new QuarantineUsage(
                Path.of(settings.get(DiskSettings.QUARANTINE)), settings.get(DiskSettings.QUARANTINE_MAX_SIZE));
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
        beans.bind(
                "camerasHealth",
                new CamerasHealth(wall, settings.get(WebSettings.SILENT_AFTER).isPresent()));
        for (String target : outbox.targets()) {
            beans.bind(target + "Health", new TargetHealth(outbox, target));
        }
        return metrics;
    }
}
