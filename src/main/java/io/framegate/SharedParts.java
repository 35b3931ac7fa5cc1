package io.framegate;

import io.framegate.intake.ConnectionCount;
import io.framegate.intake.Descriptors;
import io.framegate.intake.InFlight;
import io.framegate.intake.ListenerAccess;
import io.framegate.intake.PeerLimits;
import io.framegate.intake.tls.ListenerTls;
import io.framegate.outbox.Outbox;
import io.framegate.outbox.OutboxComponent;
import io.framegate.receive.EventRepository;
import io.framegate.reload.RefusedRoutes;
import io.framegate.settings.ByteSize;
import io.framegate.settings.DeliverSettings;
import io.framegate.settings.DiskSettings;
import io.framegate.settings.HeapShares;
import io.framegate.settings.IntakeSettings;
import io.framegate.settings.ListenerSettings;
import io.framegate.settings.Setting;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import io.framegate.settings.TracingSettings;
import io.framegate.settings.WebSettings;
import io.framegate.store.ImageCounter;
import io.framegate.store.StorageWatch;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.disk.Housekeeping;
import io.framegate.store.durable.Durability;
import io.framegate.store.quarantine.DroppedRejectMeters;
import io.framegate.store.quarantine.DroppedRejects;
import io.framegate.store.quarantine.QuarantineMeters;
import io.framegate.store.quarantine.QuarantineSpace;
import io.framegate.watch.Monitoring;
import io.framegate.watch.StorageHealth;
import io.framegate.watch.diagram.RoutesServer;
import io.framegate.watch.diagram.StepCounts;
import io.framegate.watch.trace.Tracing;
import io.framegate.watch.wall.GatewayStatus;
import io.framegate.watch.wall.Wall;
import io.framegate.watch.wall.WallServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that all routes share and that live as long as the process. Makes them before the routes are loaded, binds
 * them under the names that routes use, and closes them after the last route has stopped, the last made first.
 */
final class SharedParts implements AutoCloseable {

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final InFlight packets;
    private final Outbox outbox;
    private final DiskSpace disk;
    private final WallServer live;
    private final RoutesServer routes;
    private final RefusedRoutes refusedRoutes = new RefusedRoutes();

    SharedParts(CamelContext context, Settings settings) {
        if (TracingSettings.isOn(settings)) {
            // Closed last, so that it has seen all.
            open.push(Tracing.begin(context, TracingSettings.of(settings)));
        }
        Path images = Path.of(settings.get(StoreSettings.IMAGES));
        HeapShares budget = HeapShares.of(settings, Runtime.getRuntime().maxMemory());
        logMemory(budget);
        Durability durability = bind(context, "durability", durability(settings));
        ImageCounter counter = bind(context, "imageCounter", new ImageCounter(images, durability));
        packets = new InFlight(budget.intake());
        context.getRegistry().bind("inFlight", packets);
        Path claims = Path.of(settings.get(DeliverSettings.OUTBOX));
        outbox = bind(context, OutboxComponent.OUTBOX, new Outbox(claims, settings.targets(), durability));
        settings.targets().forEach(target -> warnOfImagesTooLarge(settings, target));
        QuarantineSpace quarantine = new QuarantineSpace(
                Path.of(settings.get(DiskSettings.QUARANTINE)),
                settings.get(DiskSettings.QUARANTINE_MAX_SIZE),
                settings.get(DiskSettings.QUARANTINE_MAX_FILES));
        QuarantineMeters quarantineMeters = new QuarantineMeters(quarantine);
        context.getRegistry().bind("quarantineSpace", quarantine);
        DroppedRejects dropped = new DroppedRejects(quarantine);
        context.getRegistry().bind("droppedRejects", dropped);
        disk = Housekeeping.begin(context, settings, packets, outbox, quarantine);
        open.push(disk);
        StorageWatch storage = new StorageWatch();
        storage.add(images, counter::ensure);
        settings.targets().forEach(target -> storage.add(claims.resolve(target), outbox::ensure));
        bind(context, "storageWatch", storage).start();
        context.getRegistry().bind("storageHealth", new StorageHealth(storage));
        Optional<Duration> window = settings.get(StoreSettings.WINDOW);
        if (window.isPresent()) {
            int entries = settings.get(StoreSettings.MAX_ENTRIES);
            bind(context, "eventRepository", new EventRepository(images.resolve(".framegate"), window.get(), entries));
            // A step's precondition takes no more than true or false.
            context.getPropertiesComponent().addOverrideProperty("framegate.deduplicate.enabled", "true");
        }
        Wall wall = new Wall(settings.get(WebSettings.SILENT_AFTER).orElse(null), budget.wall());
        context.getRegistry().bind("wall", wall);
        bindListener(context, "camera", ListenerAccess.of(settings, ListenerSettings.CAMERA));
        bindListener(context, "frames", ListenerAccess.of(settings, ListenerSettings.FRAMES));
        ConnectionCount connections = connections(settings, packets.limit());
        context.getRegistry().bind("connections", connections);
        MeterRegistry metrics =
                Monitoring.begin(context, settings, packets, connections, outbox, disk, wall, refusedRoutes);
        if (WebSettings.isObserved(settings)) {
            quarantineMeters.bindTo(metrics);
            new DroppedRejectMeters(dropped).bindTo(metrics);
        }
        GatewayStatus status = new GatewayStatus(settings.get(WebSettings.NODE), wall, outbox, disk, images, metrics);
        live = new WallServer(wall, images, status, connections::bans, budget);
        open.push(live);
        StepCounts steps = new StepCounts();
        if (settings.get(WebSettings.ENABLED)) {
            context.getCamelContextExtension().addInterceptStrategy(steps);
        }
        routes = new RoutesServer(context, steps, metrics, refusedRoutes::problems);
    }

    private void logMemory(HeapShares budget) {
        log.atInfo()
                .addKeyValue("heap", budget.heap())
                .addKeyValue("intake", budget.intake())
                .addKeyValue("wall", budget.wall())
                .addKeyValue("smallCopies", budget.smallCopies())
                .addKeyValue("picture", 2 * budget.picture())
                .addKeyValue("deduplication", budget.deduplication())
                .log("memory: the most bytes that each part holds");
    }

    private <T extends AutoCloseable> T bind(CamelContext context, String name, T part) {
        open.push(part);
        context.getRegistry().bind(name, part);
        return part;
    }

    private static ConnectionCount connections(Settings settings, long memory) {
        PeerLimits limits = new PeerLimits(
                settings.get(IntakeSettings.MAX_CONNECTIONS_PER_PEER),
                ByteSize.parseOrPartOf(settings.get(IntakeSettings.MEMORY_PER_PEER), memory),
                settings.get(IntakeSettings.MAX_REJECTS_PER_PEER),
                settings.get(IntakeSettings.BAN).orElse(Duration.ZERO));
        return new ConnectionCount(Descriptors.maxConnections(settings.get(IntakeSettings.MAX_CONNECTIONS)), limits);
    }

    private static void bindListener(CamelContext context, String name, ListenerAccess access) {
        context.getRegistry().bind(name + "Access", access);
        ListenerTls tls = access.tls();
        if (tls != null) {
            context.getRegistry().bind(name + "Certificate", tls.renewal());
            // Camel shuts it down.
            tls.follow(context.getExecutorServiceManager().newSingleThreadScheduledExecutor(tls, "framegate-tls"));
        }
    }

    private static Durability durability(Settings settings) {
        Path quarantine = Path.of(settings.get(DiskSettings.QUARANTINE));
        requireWritable(DiskSettings.QUARANTINE.name(), quarantine);
        Durability durability =
                Durability.of(settings.get(StoreSettings.DURABILITY), settings.get(StoreSettings.DURABILITY_INTERVAL));
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

    private static void requireWritable(String name, Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + directory + " cannot be made (expected: writable)", e);
        }
        if (!Files.isWritable(directory)) {
            throw new IllegalStateException(name + ": " + directory + " (expected: writable)");
        }
    }

    /** Cameras may send larger images than the target takes, which would be set aside. */
    private void warnOfImagesTooLarge(Settings settings, String target) {
        Setting<Long> maxSize = DeliverSettings.MAX_SIZE.of(target);
        long most = settings.get(maxSize);
        if (most > 0
                && most < settings.get(IntakeSettings.MAX_FRAME_LENGTH)
                && settings.get(DeliverSettings.PAYLOAD.of(target)).equals("image")
                && settings.get(DeliverSettings.TOO_LARGE.of(target)).equals("set-aside")) {
            log.atWarn()
                    .addKeyValue(maxSize.name(), settings.text(maxSize))
                    .addKeyValue(IntakeSettings.MAX_FRAME_LENGTH.name(), settings.text(IntakeSettings.MAX_FRAME_LENGTH))
                    .addKeyValue(DeliverSettings.TOO_LARGE.of(target).name(), "set-aside")
                    .log("larger images will not reach " + target);
        }
    }

    /** Serves the pages of the routes and of the wall. The wall is last, because it has whatever else there is. */
    void mount(VertxPlatformHttpRouter router) {
        routes.mount(router);
        live.mount(router.vertx(), router);
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

    /** Closes all parts. A part that fails must not keep the next one from forcing its files to disk. */
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
