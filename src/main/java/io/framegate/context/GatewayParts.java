package io.framegate.context;

import io.framegate.intake.ConnectionCount;
import io.framegate.intake.Descriptors;
import io.framegate.intake.InFlight;
import io.framegate.intake.ListenerAccess;
import io.framegate.intake.ListenerThreads;
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
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
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
import io.framegate.watch.MetricsRegistry;
import io.framegate.watch.Micrometer;
import io.framegate.watch.Monitoring;
import io.framegate.watch.StorageHealth;
import io.framegate.watch.wall.Wall;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that all routes of a context share. They are created before the first route runs, bound under the names
 * that routes use, and closed in reverse order after the last route has stopped.
 */
public final class GatewayParts implements AutoCloseable {

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final Deque<AutoCloseable> open;
    private final ContextBeans beans;
    private final InFlight packets;
    private final Outbox outbox;
    private final DiskSpace disk;
    private final Wall wall;
    private final ConnectionCount connections;
    private final HeapShares budget;
    private final RefusedRoutes refusedRoutes = new RefusedRoutes();

    private GatewayParts(CamelContext context, Settings settings, Deque<AutoCloseable> open) {
        this.open = open;
        beans = new ContextBeans(context);
        open.push(beans);
        Path images = Path.of(settings.get(StoreSettings.IMAGES));
        budget = HeapShares.of(settings, Runtime.getRuntime().maxMemory());
        StartLog.memory(budget);
        StartLog.warnings(settings);
        Durability durability = bind("durability", ForcedDirectories.durability(settings));
        ImageCounter counter = bind("imageCounter", new ImageCounter(images, durability));
        packets = new InFlight(budget.intake());
        beans.bind("inFlight", packets);
        Path claims = Path.of(settings.get(DeliverSettings.OUTBOX));
        outbox = bind(OutboxComponent.OUTBOX, new Outbox(claims, settings.targets(), durability));
        settings.targets().forEach(target -> StartLog.imagesTooLarge(settings, target));
        QuarantineSpace quarantine = new QuarantineSpace(
                Path.of(settings.get(DiskSettings.QUARANTINE)),
                settings.get(DiskSettings.QUARANTINE_MAX_SIZE),
                settings.get(DiskSettings.QUARANTINE_MAX_FILES));
        beans.bind("quarantineSpace", quarantine);
        DroppedRejects dropped = new DroppedRejects(quarantine);
        beans.bind("droppedRejects", dropped);
        disk = Housekeeping.begin(settings, packets, outbox, quarantine, beans::bind);
        open.push(disk);
        StorageWatch storage = new StorageWatch();
        storage.add(images, counter::ensure);
        settings.targets().forEach(target -> storage.add(claims.resolve(target), outbox::ensure));
        outbox.onAdd(target -> {
            disk.add(claims);
            storage.add(claims.resolve(target), outbox::ensure);
        });
        bind("storageWatch", storage).start();
        beans.bind("storageHealth", new StorageHealth(storage));
        Optional<Duration> window = settings.get(StoreSettings.WINDOW);
        if (window.isPresent()) {
            int entries = settings.get(StoreSettings.MAX_ENTRIES);
            EventRepository events = new EventRepository(images.resolve(".framegate"), window.get(), entries);
            events.setWaits(DeliverSettings.acceptAfter(settings).isEmpty());
            bind("eventRepository", events);
        }
        wall = new Wall(settings.get(WebSettings.SILENT_AFTER).orElse(null), budget.wall());
        beans.bind("wall", wall);
        bindListener(context, "camera", ListenerAccess.of(settings, ListenerSettings.CAMERA));
        bindListener(context, "frames", ListenerAccess.of(settings, ListenerSettings.FRAMES));
        connections = connections(settings, packets.limit());
        beans.bind("connections", connections);
        ListenerThreads threads = new ListenerThreads(
                context, settings.get(IntakeSettings.THREADS).orElse(ListenerThreads.DEFAULT_ROUTES));
        open.push(threads);
        beans.bind("eventLoops", threads.eventLoops());
        beans.bind("routeThreads", threads.routes());
        if (Micrometer.isPresent(context)) {
            monitor(context, settings, quarantine, dropped);
        } else {
            ForkJoinPool.commonPool().execute(quarantine::count);
        }
    }

    /** Creates the parts of a context. On failure, closes the parts that exist already. */
    static GatewayParts open(CamelContext context, Settings settings) {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            return new GatewayParts(context, settings, open);
        } catch (RuntimeException | Error e) {
            close(open);
            throw e;
        }
    }

    private void monitor(CamelContext context, Settings settings, QuarantineSpace quarantine, DroppedRejects dropped) {
        QuarantineMeters quarantineMeters = new QuarantineMeters(quarantine);
        MeterRegistry metrics = MetricsRegistry.of(context);
        Set<Meter> others = Set.copyOf(metrics.getMeters());
        Monitoring.begin(
                context, settings, metrics, packets, connections, outbox, disk, wall, refusedRoutes, beans::bind);
        if (WebSettings.isObserved(settings)) {
            quarantineMeters.bindTo(metrics);
            new DroppedRejectMeters(dropped).bindTo(metrics);
        }
        // The registry of an application may outlive the parts.
        open.push(() -> metrics.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith(DefaultProperties.PREFIX))
                .filter(meter -> !others.contains(meter))
                .toList()
                .forEach(metrics::remove));
    }

    private <T extends AutoCloseable> T bind(String name, T part) {
        open.push(part);
        beans.bind(name, part);
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

    private void bindListener(CamelContext context, String name, ListenerAccess access) {
        beans.bind(name + "Access", access);
        ListenerTls tls = access.tls();
        if (tls != null) {
            beans.bind(name + "Certificate", tls.renewal());
            // Camel shuts the executor down.
            tls.follow(context.getExecutorServiceManager().newSingleThreadScheduledExecutor(tls, "framegate-tls"));
        }
    }

    /** Adds a part that is closed before all others. */
    public void closeFirst(AutoCloseable part) {
        open.addFirst(part);
    }

    /** Adds a part that is closed after all others. */
    public void closeLast(AutoCloseable part) {
        open.addLast(part);
    }

    public RefusedRoutes refusedRoutes() {
        return refusedRoutes;
    }

    public InFlight packets() {
        return packets;
    }

    public Outbox outbox() {
        return outbox;
    }

    public DiskSpace disk() {
        return disk;
    }

    public Wall wall() {
        return wall;
    }

    public ConnectionCount connections() {
        return connections;
    }

    public HeapShares budget() {
        return budget;
    }

    /**
     * Stops reading packets, so that cameras keep them, and waits until the routes have finished all complete packets.
     */
    void drain(Duration most) {
        packets.drain();
        disk.stopping();
        outbox.acceptances().stop();
        try {
            if (!packets.awaitIdle(most)) {
                log.atWarn().addKeyValue("packets", packets.packets()).log("stopping with packets in the routes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes all parts. A failed close must not prevent the next part from forcing its files to disk. */
    @Override
    public void close() {
        close(open);
    }

    private static void close(Deque<AutoCloseable> open) {
        for (AutoCloseable part : open) {
            try {
                part.close();
            } catch (Exception e) {
                LoggerFactory.getLogger("io.framegate")
                        .atError()
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .addKeyValue("failure", e.toString())
                        .log("not closed");
            }
        }
        open.clear();
    }
}
