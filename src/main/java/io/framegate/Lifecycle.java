package io.framegate;

import io.framegate.disk.DiskSpace;
import io.framegate.disk.RetentionLimits;
import io.framegate.durable.Durability;
import io.framegate.event.AsciiDigits;
import io.framegate.image.ImageCounter;
import io.framegate.image.ImageFile;
import io.framegate.intake.ByteSize;
import io.framegate.intake.InFlight;
import io.framegate.outbox.Outbox;
import io.framegate.outbox.OutboxComponent;
import io.framegate.outbox.OutboxMetrics;
import io.framegate.route.DirectRoutes;
import io.framegate.route.EventMemory;
import io.framegate.route.ReloadableDirectComponent;
import io.framegate.route.RouteReload;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens beside the routes while the gateway starts, runs and stops: the parts that live as long as the process and are
 * shared by all routes, and an orderly end.
 */
final class Lifecycle extends MainListenerSupport {

    private static final List<String> DIRECTORIES =
            List.of("framegate.images.directory", "framegate.quarantine.directory", "framegate.thumbnail.directory");

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final Instant started = Instant.now();
    private final Path routes;
    private final @Nullable WebServer web;
    private @Nullable InFlight inFlight;
    private @Nullable Outbox outbox;
    private @Nullable DiskSpace disk;
    private @Nullable EventMemory events;
    private @Nullable RouteReload reload;
    private @Nullable IllegalStateException failure;

    Lifecycle(Path routes, @Nullable WebServer web) {
        this.routes = routes;
        this.web = web;
    }

    /** Why the gateway stopped right after its start, or null if it was stopped. */
    @Nullable
    IllegalStateException failure() {
        return failure;
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        StartChecks checks = new StartChecks(context);
        checks.run();
        Path images = Path.of(checks.property("framegate.images.directory"));
        String memory = checks.property("framegate.intake.memory");
        Durability durability = durability(checks);
        ImageCounter counter = new ImageCounter(images, durability);
        InFlight packets =
                new InFlight(ByteSize.parseOrPartOf(memory, Runtime.getRuntime().maxMemory()));
        inFlight = packets;
        RouteReload watch = new RouteReload(context, routes, packets);
        watch.beforeLoading();
        reload = watch;
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                // The last moment before a process that was told to stop is gone.
                if (disk != null) {
                    disk.close();
                }
                counter.close();
                if (outbox != null) {
                    outbox.close();
                }
                durability.close();
                if (events != null) {
                    events.close();
                }
                log.info("stopped");
            }
        });
        context.addComponent("direct", new ReloadableDirectComponent());
        context.getRegistry().bind("imageCounter", counter);
        context.getRegistry().bind("imageFile", new ImageFile(images, durability));
        context.getRegistry().bind("durability", durability);
        context.getRegistry().bind("inFlight", packets);
        Set<String> targets = checks.targets();
        Outbox claims = new Outbox(Path.of(checks.property("framegate.outbox.directory")), targets, durability);
        outbox = claims;
        disk = Housekeeping.begin(context, checks, packets, claims);
        context.getRegistry().bind(OutboxComponent.OUTBOX, claims);
        events = eventMemory(checks, images);
        if (events != null) {
            context.getRegistry().bind("eventMemory", events);
            // A step's precondition takes no more than true or false.
            context.getPropertiesComponent().addOverrideProperty("framegate.deduplicate.enabled", "true");
        }
        RetentionLimits limits = checks.retention();
        main.configure().withRoutesExcludePattern(switchedOff(context, targets, limits.isOff(), events == null));
        if (web != null) {
            web.bind(context);
        }
        // Ours, because the routes want it before Camel would make one.
        MeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new OutboxMetrics(claims).bindTo(metrics);
        context.getRegistry().bind(MicrometerConstants.METRICS_REGISTRY_NAME, metrics);
    }

    private static Durability durability(StartChecks checks) {
        Path quarantine = Path.of(checks.property("framegate.quarantine.directory"));
        Durability durability = checks.durability();
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

    /** What the process remembers of accepted events; null if it is not to. */
    private static @Nullable EventMemory eventMemory(StartChecks checks, Path images) {
        @Nullable Duration window = checks.deduplicateWindow();
        return window == null
                ? null
                : new EventMemory(
                        images.resolve(".framegate"),
                        window,
                        AsciiDigits.parseInt(
                                checks.property("framegate.deduplicate.max-entries")
                                        .strip(),
                                1));
    }

    /** The files of what is off, which would only cost time at the start. */
    private static String switchedOff(
            CamelContext context, Set<String> targets, boolean keepsAll, boolean storesRepeated) {
        Set<String> off = DeliverChecks.knownTargets(context).stream()
                .filter(target -> !targets.contains(target))
                .map(target -> "**/deliver-" + target + ".camel.yaml")
                .collect(Collectors.toCollection(TreeSet::new));
        if (keepsAll) {
            off.add("**/housekeeping.camel.yaml");
        }
        if (storesRepeated) {
            off.add("**/deduplicate.camel.yaml");
        }
        return String.join(",", off);
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        String missing = missing(context);
        if (missing != null) {
            failure = new IllegalStateException(missing);
            ((Main) main).completed();
            return;
        }
        for (Route route : context.getRoutes()) {
            if (isListener(route)) {
                log.atInfo()
                        .addKeyValue("route", route.getRouteId())
                        .addKeyValue(
                                "address",
                                route.getEndpoint().getEndpointBaseUri().replace("netty://tcp://", ""))
                        .log("listening");
            }
        }
        new Thread(() -> sweep(context), "framegate-sweep").start();
        Objects.requireNonNull(outbox).warnOfForgotten();
        Objects.requireNonNull(reload).start();
    }

    /** What the routes lack, so that the gateway would run and do nothing or fail at the first image; null if nothing. */
    private @Nullable String missing(CamelContext context) {
        if (context.getRoutes().isEmpty()) {
            return routes + ": no route in any file (expected: at least one)";
        }
        if (context.getRoutes().stream().noneMatch(Lifecycle::isListener)) {
            return routes + ": no route listens (expected: one from netty:, as in listeners.camel.yaml)";
        }
        Set<String> unread = DirectRoutes.unread(context);
        return unread.isEmpty()
                ? null
                : String.join(", ", unread) + ": no route reads from it (expected: one in " + routes + ")";
    }

    private static boolean isListener(Route route) {
        return route.getEndpoint().getEndpointUri().startsWith("netty:");
    }

    /** Beside the running routes, because a directory of a million images takes its time. */
    private void sweep(CamelContext context) {
        for (String property : DIRECTORIES) {
            Path directory = Path.of(context.resolvePropertyPlaceholders("{{" + property + "}}"));
            try {
                int swept = Files.isDirectory(directory) ? new ImageFile(directory).sweep(started) : 0;
                if (swept > 0) {
                    log.atInfo()
                            .addKeyValue("directory", directory)
                            .addKeyValue("files", swept)
                            .log("temporary files of an earlier run deleted");
                }
            } catch (IOException e) {
                log.atWarn().addKeyValue("failure", e.toString()).log("temporary files not deleted");
            }
        }
    }

    @Override
    public void beforeStop(BaseMainSupport main) {
        if (reload != null) {
            reload.close();
        }
        InFlight packets = inFlight;
        if (packets == null) {
            return;
        }
        // What was received whole is finished; what a camera sends from now on stays with it.
        packets.drain();
        if (disk != null) {
            disk.stopping();
        }
        try {
            if (!packets.awaitIdle(Duration.ofSeconds(20))) {
                log.atWarn().addKeyValue("packets", packets.packets()).log("stopping with packets in the routes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
