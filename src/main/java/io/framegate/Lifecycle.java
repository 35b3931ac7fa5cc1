package io.framegate;

import io.framegate.intake.InFlight;
import io.framegate.reload.DirectRoutes;
import io.framegate.reload.ReloadableDirectComponent;
import io.framegate.reload.RouteReload;
import io.framegate.store.TemporaryFiles;
import io.framegate.watch.UnresolvedXmlDumper;
import io.framegate.watch.UnresolvedYamlDumper;
import io.framegate.watch.web.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.spi.ModelToYAMLDumper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens beside the routes while the gateway starts, runs and stops: first the parts they share, at last an orderly end. */
final class Lifecycle extends MainListenerSupport {

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final Instant started = Instant.now();
    private final Path routes;
    private final @Nullable WebServer web;
    private @Nullable SharedParts parts;
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
        GatewaySettings settings = new GatewaySettings(context);
        new StartChecks(context, settings).run();
        SharedParts shared = new SharedParts(context, settings);
        parts = shared;
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                // The last moment before a process that was told to stop is gone.
                shared.close();
                log.info("stopped");
            }
        });
        RouteReload files = new RouteReload(context, routes, shared.packets(), shared.refusedRoutes());
        files.beforeLoading();
        reload = files;
        ExtendedCamelContext camel = context.getCamelContextExtension();
        camel.addContextPlugin(ModelToXMLDumper.class, new UnresolvedXmlDumper());
        camel.addContextPlugin(ModelToYAMLDumper.class, new UnresolvedYamlDumper());
        context.addComponent("direct", new ReloadableDirectComponent());
        main.configure().withRoutesExcludePattern(switchedOff(context, settings, shared.remembersEvents(), files));
        if (web != null) {
            web.bind(context, settings.web().access());
        }
    }

    /** The files of what is off, which would only cost time at the start. */
    private static String switchedOff(
            CamelContext context, GatewaySettings settings, boolean remembersEvents, RouteReload files) {
        Set<String> targets = settings.targets();
        Set<String> off = DeliverChecks.knownTargets(context).stream()
                .filter(target -> !targets.contains(target))
                .map(target -> "deliver-" + target)
                // Its template may serve another target that is on.
                .filter(file -> !files.isTemplateElsewhere(file))
                .map(file -> "**/" + file + ".camel.yaml")
                .collect(Collectors.toCollection(TreeSet::new));
        if (settings.retention().isOff()) {
            off.add("**/housekeeping.camel.yaml");
        }
        if (!remembersEvents) {
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
        VertxPlatformHttpRouter router = web == null ? null : web.open();
        if (router != null) {
            // First, because the wall has whatever else there is.
            Objects.requireNonNull(parts).routes().mount(router);
            Objects.requireNonNull(parts).live().mount(router.vertx(), router);
        }
        TemporaryFiles.sweep(directories(context), started);
        Objects.requireNonNull(parts).outbox().warnOfForgotten();
        Objects.requireNonNull(reload).start();
    }

    private static List<Path> directories(CamelContext context) {
        return Stream.of("images", "quarantine", "thumbnail")
                .map(name -> Path.of(context.resolvePropertyPlaceholders("{{framegate." + name + ".directory}}")))
                .toList();
    }

    /** What the routes lack, so that the gateway would run and do nothing or fail at the first image; null if nothing. */
    private @Nullable String missing(CamelContext context) {
        if (context.getRoutes().isEmpty()) {
            return routes + ": no route in any file (expected: at least one)";
        }
        if (context.getRoutes().stream().noneMatch(Lifecycle::isListener)) {
            return routes + ": no route listens (expected: one from netty:, as in listeners.camel.yaml)";
        }
        Set<String> unreadTargets =
                new TreeSet<>(Objects.requireNonNull(parts).outbox().targets());
        for (Route route : context.getRoutes()) {
            // Camel writes outbox://ftp.
            unreadTargets.remove(route.getEndpoint().getEndpointBaseUri().replaceFirst("^outbox:/*", ""));
        }
        if (!unreadTargets.isEmpty()) {
            String target = unreadTargets.iterator().next();
            return "framegate.deliver." + target + ".enabled: true, and no route reads from outbox:" + target
                    + " (expected: one in " + routes + ")";
        }
        Set<String> unread = DirectRoutes.unread(context);
        return unread.isEmpty()
                ? null
                : String.join(", ", unread) + ": no route reads from it (expected: one in " + routes + ")";
    }

    private static boolean isListener(Route route) {
        return route.getEndpoint().getEndpointUri().startsWith("netty:");
    }

    @Override
    public void beforeStop(BaseMainSupport main) {
        if (reload != null) {
            reload.close();
        }
        if (parts == null) {
            return;
        }
        InFlight packets = parts.packets();
        // What was received whole is finished; what a camera sends from now on stays with it.
        packets.drain();
        parts.disk().stopping();
        try {
            if (!packets.awaitIdle(Duration.ofSeconds(20))) {
                log.atWarn().addKeyValue("packets", packets.packets()).log("stopping with packets in the routes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
