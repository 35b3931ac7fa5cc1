package io.framegate;

import io.framegate.intake.InFlight;
import io.framegate.intake.ListenAddress;
import io.framegate.intake.ListenerAccess;
import io.framegate.outbox.deliver.ExpressionChecker;
import io.framegate.reload.DirectRoutes;
import io.framegate.reload.ReloadableDirectComponent;
import io.framegate.reload.RouteReload;
import io.framegate.settings.DeliverSettings;
import io.framegate.settings.DiskSettings;
import io.framegate.settings.IntakeSettings;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import io.framegate.settings.TransformSettings;
import io.framegate.settings.WebSettings;
import io.framegate.store.TemporaryFiles;
import io.framegate.watch.UnresolvedXmlDumper;
import io.framegate.watch.UnresolvedYamlDumper;
import io.framegate.watch.web.WebAccess;
import io.framegate.watch.web.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.spi.ModelToYAMLDumper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what happens beside the routes while the gateway starts, runs and stops: makes shared parts first, and ends in
 * order.
 */
final class Lifecycle extends MainListenerSupport {

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final Instant started = Instant.now();
    private final Gateway.Plan plan;
    private final @Nullable WebServer web;
    private @Nullable SharedParts parts;
    private @Nullable RouteReload reload;
    private @Nullable IllegalStateException failure;
    private boolean makesParts;

    Lifecycle(Gateway.Plan plan, @Nullable WebServer web) {
        this.plan = plan;
        this.web = web;
    }

    /** Why the gateway stopped right after its start, or null if it was stopped. */
    @Nullable
    IllegalStateException failure() {
        return failure;
    }

    /** Whether the properties hold, and the routes are not read yet: what fails now is the machine's. */
    boolean isMakingParts() {
        return makesParts;
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        Settings settings = settings(context, plan);
        List<SettingException> problems = problems(context, plan, settings);
        if (!problems.isEmpty()) {
            throw new SettingException(problems);
        }
        WebAccess access = web == null ? null : WebAccess.of(settings);
        makesParts = true;
        ListenAddress.check(settings, IntakeSettings.HOST, IntakeSettings.CAMERA_PORT);
        ListenAddress.check(settings, IntakeSettings.HOST, IntakeSettings.FRAMES_PORT);
        if (access != null) {
            ListenAddress.check(settings, WebSettings.HOST, WebSettings.PORT);
        }
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
        makesParts = false;
        reload = new RouteReload(context, plan.places().routes(), shared.packets(), shared.refusedRoutes());
        reload.beforeLoading();
        prepareRoutes(main, settings);
        ExtendedCamelContext camel = context.getCamelContextExtension();
        camel.addContextPlugin(ModelToXMLDumper.class, new UnresolvedXmlDumper());
        camel.addContextPlugin(ModelToYAMLDumper.class, new UnresolvedYamlDumper());
        if (web != null && access != null) {
            web.bind(context, access);
        }
    }

    /** The values of the properties as Camel resolves them; directories are moved below {@code --data}. */
    static Settings settings(CamelContext context, Gateway.Plan plan) {
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        // Environment and -D are in the properties already, and below what the command line says of directories.
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        Settings settings =
                new Settings(plan.catalogue(), name -> context.resolvePropertyPlaceholders("{{" + name + "}}"));
        Path data = plan.places().data();
        if (data != null) {
            settings.relativeDirectories()
                    .forEach((name, directory) -> properties.addOverrideProperty(name, data.resolve(directory) + ""));
        }
        return settings;
    }

    /** The properties that are unknown or cannot be meant. */
    static List<SettingException> problems(CamelContext context, Gateway.Plan plan, Settings settings) {
        List<SettingException> problems = plan.sources().unknown(plan.catalogue());
        problems.addAll(settings.problems(new ExpressionChecker(context)));
        if (problems.isEmpty()) {
            problems.addAll(ListenerAccess.problems(settings));
            WebAccess.problem(settings).ifPresent(problems::add);
        }
        return problems;
    }

    /** Prepares Camel for the route files: leaves out those of parts that are off. */
    static void prepareRoutes(BaseMainSupport main, Settings settings) {
        main.getCamelContext().addComponent("direct", new ReloadableDirectComponent());
        Map<String, String> kinds = settings.catalogue().targets();
        Set<String> off = new TreeSet<>(kinds.keySet());
        settings.targets().forEach(target -> {
            off.remove(target);
            // A target may be made of a template in the file of its kind.
            off.remove(kinds.get(target));
        });
        Set<String> files = off.stream().map(target -> "deliver-" + target).collect(Collectors.toSet());
        if (!DiskSettings.deletesImages(settings)) {
            files.add("housekeeping");
        }
        if (settings.get(StoreSettings.WINDOW).isEmpty()) {
            files.add("deduplicate");
        }
        main.configure()
                .withRoutesExcludePattern(
                        files.stream().map(file -> "**/" + file + ".camel.yaml").collect(Collectors.joining(",")));
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        String missing = missing(
                context,
                plan.places().routes(),
                Objects.requireNonNull(parts).outbox().targets());
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
            Objects.requireNonNull(parts).mount(router);
        }
        TemporaryFiles.sweep(directories(context), started);
        Objects.requireNonNull(parts).outbox().warnOfForgotten();
        Objects.requireNonNull(reload).start();
    }

    private static List<Path> directories(CamelContext context) {
        return Stream.of(StoreSettings.IMAGES, DiskSettings.QUARANTINE, TransformSettings.THUMBNAILS)
                .map(setting -> Path.of(context.resolvePropertyPlaceholders("{{" + setting.name() + "}}")))
                .toList();
    }

    /**
     * Says what is missing in the routes, so that the gateway would do nothing, or fail at the first image; null if
     * nothing is.
     */
    static @Nullable String missing(CamelContext context, Path routes, Set<String> targets) {
        if (context.getRoutes().isEmpty()) {
            return routes + ": no route in any file (expected: at least one)";
        }
        if (context.getRoutes().stream().noneMatch(Lifecycle::isListener)) {
            return routes + ": no route listens (expected: one from netty:, as in listeners.camel.yaml)";
        }
        Set<String> unreadTargets = new TreeSet<>(targets);
        for (Route route : context.getRoutes()) {
            // Camel writes outbox://ftp.
            unreadTargets.remove(route.getEndpoint().getEndpointBaseUri().replaceFirst("^outbox:/*", ""));
        }
        if (!unreadTargets.isEmpty()) {
            String target = unreadTargets.iterator().next();
            return DeliverSettings.ENABLED.of(target).name() + ": true, and no route reads from outbox:" + target
                    + " (expected: one in " + routes + ")";
        }
        String unguarded = ListenerAccess.unused(context);
        if (unguarded != null) {
            return routes + ": " + unguarded;
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
