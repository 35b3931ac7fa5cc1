package io.framegate;

import io.framegate.context.Drain;
import io.framegate.context.GatewayParts;
import io.framegate.context.PartsLifecycle;
import io.framegate.extend.LibraryJars;
import io.framegate.intake.ListenAddress;
import io.framegate.log.LogFormat;
import io.framegate.log.OutOfMemory;
import io.framegate.log.OutOfMemoryNotifier;
import io.framegate.reload.RouteProblem;
import io.framegate.reload.RouteReload;
import io.framegate.reload.StartFailure;
import io.framegate.settings.Build;
import io.framegate.settings.IntakeSettings;
import io.framegate.settings.NodeName;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import io.framegate.settings.Sources;
import io.framegate.settings.TracingSettings;
import io.framegate.settings.WebSettings;
import io.framegate.watch.Monitoring;
import io.framegate.watch.UnresolvedXmlDumper;
import io.framegate.watch.UnresolvedYamlDumper;
import io.framegate.watch.trace.Tracing;
import io.framegate.watch.web.WebAccess;
import io.framegate.watch.web.WebServer;
import io.framegate.wire.WarmUp;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainShutdownStrategy;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.spi.ModelToYAMLDumper;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the gateway: reads the properties, creates the parts that routes share, loads the routes, and watches them. A
 * gateway never starts partially: if a part is missing, the log names it in one line, and the process ends with an
 * error.
 */
final class Gateway extends MainListenerSupport {

    /** The exit code for a wrong configuration, EX_CONFIG of sysexits.h: service managers need not try again. */
    static final int CONFIGURATION = 78;

    private static final int MACHINE = 1;

    private final Logger log = LoggerFactory.getLogger("io.framegate");
    private final Configuration configuration;
    private final @Nullable WebServer web;
    private @Nullable Pages pages;
    private @Nullable RouteReload reload;
    private @Nullable IllegalStateException failure;
    private @Nullable Drain drain;
    private boolean makesParts;

    private Gateway(Configuration configuration) {
        this.configuration = configuration;
        Sources sources = configuration.sources();
        boolean served = sources.value(WebSettings.ENABLED).equals("true")
                || !sources.value(WebSettings.OBSERVE_PORT).isBlank();
        web = served ? WebServer.begin() : null;
    }

    /** Runs until the process is stopped, and returns the exit code. */
    static int run(Places places) {
        Gateway gateway;
        try {
            Configuration configuration = Configuration.read(places);
            configureLog(configuration.sources());
            WarmUp.begin();
            gateway = new Gateway(configuration);
        } catch (IOException | IllegalArgumentException e) {
            return failed(e, places, CONFIGURATION);
        }
        logStart(places);
        OutOfMemory.watch();
        return gateway.run();
    }

    private static void logStart(Places places) {
        Logger log = LoggerFactory.getLogger("io.framegate");
        List<String> added = LibraryJars.added().names();
        if (!added.isEmpty()) {
            log.atInfo().addKeyValue("jars", String.join(", ", added)).log("jars of lib/ added");
        }
        places.logWhatServes(log);
    }

    private int run() {
        Places places = configuration.places();
        try {
            Main main = configuration.main();
            main.addMainListener(this);
            main.run();
            int ended = drain != null && drain.isIncomplete() ? Drain.INCOMPLETE : main.getExitCode();
            return failure == null ? ended : failed(failure, places, CONFIGURATION);
        } catch (Exception e) {
            // While parts are created, the properties are already checked and the routes are not read yet.
            boolean ofMachine = makesParts || StartFailure.isOfMachine(e);
            return failed(e, places, ofMachine ? MACHINE : CONFIGURATION);
        } finally {
            if (web != null) {
                web.close();
            }
        }
    }

    private static int failed(Exception failure, Places places, int exitCode) {
        Logger log = LoggerFactory.getLogger("io.framegate");
        StartFailure.describe(failure, places.routes()).forEach(line -> log.error("cannot start: {}", line));
        return exitCode;
    }

    private static void configureLog(Sources sources) {
        List.of(WebSettings.LOG_FORMAT, WebSettings.LOG_LEVEL, WebSettings.LOGGERS, TracingSettings.ENABLED)
                .forEach(setting -> System.setProperty(setting.name(), sources.value(setting)));
        System.setProperty("framegate.log.node", NodeName.orHost(sources.value(WebSettings.NODE)));
        // Initialize SLF4J before other threads start. It would print warnings about the lines that they log meanwhile.
        LoggerFactory.getILoggerFactory();
        List<String> refused = LogFormat.refused(sources.value(WebSettings.LOGGERS));
        if (!refused.isEmpty()) {
            LoggerFactory.getLogger("io.framegate")
                    .atWarn()
                    .addKeyValue(WebSettings.LOGGERS.name(), String.join(", ", refused))
                    .log("loggers stay at INFO, they would write passwords");
        }
        // Pictures are transformed without a screen, even if DISPLAY names an unreachable one.
        System.setProperty("java.awt.headless", "true");
    }

    private void logBegin(Settings settings) {
        String node = settings.get(WebSettings.NODE);
        LogFormat.setNode(node);
        log.atInfo()
                .addKeyValue("version", Build.version())
                .addKeyValue("java", Build.java())
                .log("starting as {}", node);
        if (settings.get(TracingSettings.ENABLED) && !TracingSettings.isOn(settings)) {
            log.info("no traces: OTEL_SDK_DISABLED is true");
        }
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        Settings settings = configuration.settings(context);
        List<SettingException> problems = configuration.problems(context, settings);
        if (!problems.isEmpty()) {
            throw new SettingException(problems);
        }
        List<RouteProblem> ofRoutes = configuration.routes().problems();
        if (!ofRoutes.isEmpty()) {
            throw new IllegalArgumentException(ofRoutes.get(0).toString());
        }
        logBegin(settings);
        makesParts = true;
        if (settings.get(IntakeSettings.CAMERA_ENABLED)) {
            ListenAddress.choose(context, settings, IntakeSettings.HOST, IntakeSettings.CAMERA_PORT);
        }
        if (settings.get(IntakeSettings.FRAMES_ENABLED)) {
            ListenAddress.choose(context, settings, IntakeSettings.HOST, IntakeSettings.FRAMES_PORT);
        }
        boolean wall = settings.get(WebSettings.ENABLED);
        if (wall) {
            ListenAddress.choose(context, settings, WebSettings.HOST, WebSettings.PORT);
        }
        WebAccess access = web == null ? null : WebAccess.of(settings);
        settings.get(WebSettings.OBSERVE_PORT)
                .ifPresent(port ->
                        ListenAddress.check(settings, WebSettings.OBSERVE_HOST, WebSettings.OBSERVE_PORT.name(), port));
        OutOfMemoryNotifier failures = new OutOfMemoryNotifier();
        context.getManagementStrategy().addEventNotifier(failures);
        ServiceHelper.startService(failures);
        GatewayParts shared = parts(context, settings);
        pages = new Pages(context, settings, shared);
        shared.closeFirst(pages);
        makesParts = false;
        Places places = configuration.places();
        if (!places.hasShippedRoutes()) {
            reload = new RouteReload(context, places.routes(), shared.packets(), shared.refusedRoutes());
            reload.beforeLoading();
        }
        configuration.prepareRoutes(main, settings);
        ExtendedCamelContext camel = context.getCamelContextExtension();
        camel.addContextPlugin(ModelToXMLDumper.class, new UnresolvedXmlDumper());
        camel.addContextPlugin(ModelToYAMLDumper.class, new UnresolvedYamlDumper());
        if (web != null && access != null) {
            web.bind(context, access, wall, WebAccess.ofObservers(settings));
        }
    }

    private GatewayParts parts(CamelContext context, Settings settings) {
        Tracing tracing = TracingSettings.isOn(settings) ? Tracing.begin(context, TracingSettings.of(settings)) : null;
        PartsLifecycle plugin = PartsLifecycle.of(context);
        plugin.use(settings);
        GatewayParts made = plugin.parts();
        if (tracing != null) {
            // Tracing closes last, so that it gets all spans.
            made.closeLast(tracing);
        }
        made.closeLast(() -> log.info("stopped"));
        return made;
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        String missing = configuration.missing(
                context, PartsLifecycle.of(context).parts().outbox().targets());
        if (missing != null) {
            failure = new IllegalStateException(missing);
            ((Main) main).completed();
            return;
        }
        for (Route route : context.getRoutes()) {
            if (Configuration.isListener(route)) {
                log.atInfo()
                        .addKeyValue("route", route.getRouteId())
                        .addKeyValue(
                                "address",
                                route.getEndpoint().getEndpointBaseUri().replaceFirst("^.*://", ""))
                        .log("listening");
            }
        }
        VertxPlatformHttpRouter router = web == null ? null : web.open();
        if (router != null) {
            Objects.requireNonNull(pages).mount(router);
        }
        if (web != null) {
            Monitoring.bindCertificates(context);
        }
        if (reload != null) {
            reload.start();
        }
        drain = Drain.watch(context, ((Main) main)::completed);
        MainShutdownStrategy stop = ((Main) main).getShutdownStrategy();
        stop.setExtraShutdownTimeout(stop.getExtraShutdownTimeout() + drain.secondsOnStop());
    }

    @Override
    public void beforeStop(BaseMainSupport main) {
        if (reload != null) {
            reload.close();
        }
        if (drain != null) {
            try {
                drain.beforeStop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            drain.close();
        }
    }
}
