package io.framegate;

import io.framegate.event.AsciiDigits;
import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.framegate.outbox.Outbox;
import io.framegate.outbox.OutboxComponent;
import io.framegate.receive.EventRepository;
import io.framegate.reload.RefusedRoutes;
import io.framegate.settings.ByteSize;
import io.framegate.store.ImageCounter;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.durable.Durability;
import io.framegate.watch.diagram.RoutesServer;
import io.framegate.watch.diagram.StepCounts;
import io.framegate.watch.trace.Tracing;
import io.framegate.watch.wall.GatewayStatus;
import io.framegate.watch.wall.Wall;
import io.framegate.watch.wall.WallServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all routes share and what lives as long as the process: made before the routes are loaded, in the registry under the names by
 * which they know it, and closed after the last of them has stopped, the last made first.
 */
final class SharedParts implements AutoCloseable {

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final InFlight packets;
    private final Outbox outbox;
    private final DiskSpace disk;
    private final Wall wall;
    private final WallServer live;
    private final RoutesServer routes;
    private final RefusedRoutes refusedRoutes = new RefusedRoutes();
    private final boolean remembersEvents;

    SharedParts(CamelContext context, GatewaySettings settings) {
        TracingChecks tracing = new TracingChecks(settings);
        if (tracing.isOn()) {
            // Closed last, so that it has seen all.
            open.push(Tracing.begin(context, tracing.settings()));
        }
        Path images = Path.of(settings.property(GatewaySettings.IMAGES));
        String memory = settings.property("framegate.intake.memory");
        Durability durability = bind(context, "durability", durability(settings));
        bind(context, "imageCounter", new ImageCounter(images, durability));
        packets =
                new InFlight(ByteSize.parseOrPartOf(memory, Runtime.getRuntime().maxMemory()));
        context.getRegistry().bind("inFlight", packets);
        Path claims = Path.of(settings.property("framegate.outbox.directory"));
        outbox = bind(context, OutboxComponent.OUTBOX, new Outbox(claims, settings.targets(), durability));
        disk = Housekeeping.begin(context, settings, packets, outbox);
        open.push(disk);
        Duration window = settings.deduplicateWindow();
        remembersEvents = window != null;
        if (window != null) {
            bind(context, "eventRepository", eventRepository(settings, images, window));
            // A step's precondition takes no more than true or false.
            context.getPropertiesComponent().addOverrideProperty("framegate.deduplicate.enabled", "true");
        }
        wall = new Wall(settings.web().silentAfter());
        context.getRegistry().bind("wall", wall);
        ConnectionCount connections = new ConnectionCount();
        context.getRegistry().bind("connections", connections);
        MeterRegistry metrics =
                Monitoring.begin(context, settings, packets, connections, outbox, disk, wall, refusedRoutes);
        GatewayStatus status = new GatewayStatus(wall, outbox, disk, images, metrics);
        live = new WallServer(wall, images, status);
        open.push(live);
        StepCounts steps = new StepCounts();
        if (Boolean.parseBoolean(settings.property("framegate.web.enabled"))) {
            context.getCamelContextExtension().addInterceptStrategy(steps);
        }
        routes = new RoutesServer(context, steps, metrics, refusedRoutes::problems);
    }

    private <T extends AutoCloseable> T bind(CamelContext context, String name, T part) {
        open.push(part);
        context.getRegistry().bind(name, part);
        return part;
    }

    private static Durability durability(GatewaySettings settings) {
        Path quarantine = Path.of(settings.property("framegate.quarantine.directory"));
        Durability durability = settings.durability();
        try {
            durability.makeRoot(quarantine);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "framegate.durability: " + quarantine
                            + " cannot be forced to disk (expected: a local file system, or none)",
                    e);
        }
        return durability;
    }

    private static EventRepository eventRepository(GatewaySettings settings, Path images, Duration window) {
        String most = settings.property("framegate.deduplicate.max-entries").strip();
        return new EventRepository(images.resolve(".framegate"), window, AsciiDigits.parseInt(most, 1));
    }

    WallServer live() {
        return live;
    }

    RoutesServer routes() {
        return routes;
    }

    RefusedRoutes refusedRoutes() {
        return refusedRoutes;
    }

    InFlight packets() {
        return packets;
    }

    Outbox outbox() {
        return outbox;
    }

    DiskSpace disk() {
        return disk;
    }

    boolean remembersEvents() {
        return remembersEvents;
    }

    /** Closes all of them: what one cannot write must not keep the next from forcing what it has. */
    @Override
    public void close() {
        for (AutoCloseable part : open) {
            try {
                part.close();
            } catch (Exception e) {
                log.atError()
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .addKeyValue("failure", e.toString())
                        .log("not closed");
            }
        }
        open.clear();
    }
}
