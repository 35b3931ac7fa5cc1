package io.framegate.context;

import io.framegate.intake.ConnectionCount;
import io.framegate.intake.InFlight;
import io.framegate.outbox.Outbox;
import io.framegate.outbox.OutboxComponent;
import io.framegate.settings.DiskSettings;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import io.framegate.settings.TransformSettings;
import io.framegate.store.ImageCounter;
import io.framegate.store.StorageWatch;
import io.framegate.store.TemporaryFiles;
import io.framegate.store.disk.DiskSpace;
import io.framegate.store.durable.Durability;
import io.framegate.store.quarantine.QuarantineSpace;
import io.framegate.watch.MetricsRegistry;
import io.framegate.watch.Micrometer;
import io.framegate.watch.wall.Wall;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/** The parts of one context, from their first use until the context stops. Thread-safe. */
public final class PartsLifecycle extends LifecycleStrategySupport {

    private static final Map<String, Class<?>> BEANS = Map.ofEntries(
            Map.entry("connections", ConnectionCount.class),
            Map.entry("disk", DiskSpace.class),
            Map.entry("durability", Durability.class),
            Map.entry("imageCounter", ImageCounter.class),
            Map.entry("inFlight", InFlight.class),
            Map.entry(OutboxComponent.OUTBOX, Outbox.class),
            Map.entry("quarantineSpace", QuarantineSpace.class),
            Map.entry("storageWatch", StorageWatch.class),
            Map.entry("wall", Wall.class),
            // By name only: two parts share a type, or applications look up beans by a type that the part has.
            Map.entry("cameraAccess", Object.class),
            Map.entry("cameraMeters", Object.class),
            Map.entry("droppedRejects", Object.class),
            Map.entry("eventLoops", Object.class),
            Map.entry("eventRepository", Object.class),
            Map.entry("framesAccess", Object.class),
            Map.entry("retention", Object.class),
            Map.entry("routeThreads", Object.class));

    private final CamelContext context;
    private final Instant loaded = Instant.now();
    private @Nullable Settings settings;
    private @Nullable GatewayParts parts;
    private boolean isChecked;
    private boolean isStarting;

    PartsLifecycle(CamelContext context) {
        this.context = context;
    }

    /** Returns the lifecycle of a context that has the plugin. */
    public static PartsLifecycle of(CamelContext context) {
        return Objects.requireNonNull(context.getCamelContextExtension().getContextPlugin(PartsLifecycle.class));
    }

    /** Binds the suppliers that create the parts. */
    void bind() {
        Registry registry = context.getRegistry();
        BEANS.forEach((name, type) -> registry.bindAsPrototype(name, type, () -> bean(name)));
        if (Micrometer.isPresent(context)) {
            registry.bindAsPrototype(Micrometer.REGISTRY, Object.class, () -> MetricsRegistry.of(context));
        }
    }

    private @Nullable Object bean(String name) {
        Object bound = ContextBeans.bound(context, name);
        if (bound == null) {
            parts();
            bound = ContextBeans.bound(context, name);
        }
        return bound;
    }

    /** Returns the values of the properties. */
    public synchronized Settings settings() {
        if (settings == null) {
            settings = ContextSettings.of(context);
        }
        return settings;
    }

    /** Uses these settings, which are already checked. Call it before the first use of a part. */
    public synchronized void use(Settings checked) {
        settings = checked;
        isChecked = true;
    }

    /**
     * Returns the parts, and creates them if necessary. Throws a {@link SettingException} if properties are invalid.
     */
    public synchronized GatewayParts parts() {
        GatewayParts living = parts;
        if (living != null) {
            return living;
        }
        Settings values = settings();
        if (!isChecked) {
            List<SettingException> problems = ContextSettings.problems(context, values);
            if (!problems.isEmpty()) {
                // Another attempt reads the properties again.
                settings = null;
                throw new SettingException(problems);
            }
        }
        GatewayParts made = GatewayParts.open(context, values);
        parts = made;
        if (context.isStarted()) {
            lookBack(made, values);
        }
        return made;
    }

    /** Deletes temporary files of an earlier run, and warns of claims of disabled targets. */
    private void lookBack(GatewayParts living, Settings values) {
        List<Path> directories = Stream.of(StoreSettings.IMAGES, DiskSettings.QUARANTINE, TransformSettings.THUMBNAILS)
                .map(directory -> Path.of(values.get(directory)))
                .toList();
        TemporaryFiles.sweep(directories, loaded);
        living.outbox().warnOfForgotten();
    }

    @Override
    public synchronized void onContextStarting(CamelContext starting) {
        isStarting = true;
    }

    @Override
    public synchronized void onContextStarted(CamelContext started) {
        if (parts != null) {
            lookBack(parts, settings());
        }
    }

    @Override
    public void onContextStopping(CamelContext stopping) {
        GatewayParts living;
        synchronized (this) {
            living = parts;
            if (!isStarting) {
                // Camel does not stop a context whose routes could not be created.
                close();
                return;
            }
        }
        if (living != null) {
            ShutdownStrategy strategy = context.getShutdownStrategy();
            living.drain(
                    Duration.of(strategy.getTimeout(), strategy.getTimeUnit().toChronoUnit()));
        }
    }

    /** Closes the parts, because the routes have stopped. */
    @Override
    public void onContextStopped(CamelContext stopped) {
        close();
    }

    private synchronized void close() {
        if (parts != null) {
            parts.close();
        }
        parts = null;
        isStarting = false;
        if (!isChecked) {
            settings = null;
        }
    }
}
