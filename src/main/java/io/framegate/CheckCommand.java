package io.framegate;

import io.framegate.context.GatewayParts;
import io.framegate.context.PartsLifecycle;
import io.framegate.context.SettingsCheck;
import io.framegate.outbox.deliver.connect.ConnectOptions;
import io.framegate.reload.RouteProblem;
import io.framegate.reload.RouteTrial;
import io.framegate.reload.StartFailure;
import io.framegate.settings.Setting;
import io.framegate.settings.SettingException;
import io.framegate.settings.Settings;
import io.framegate.settings.TracingSettings;
import io.framegate.settings.WebSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.FileUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code framegate check}: loads properties and routes as a start does, but puts all directories below a temporary one
 * and starts no route or server.
 */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        header = "Checks properties and routes.",
        description = {
            "",
            "Listens and connects nowhere, and writes into none of the gateway's directories.",
            "Prints a line for each problem, with file, line and reason, and one that begins with",
            "'warn' for each property without the expected effect. With --connect it also tries",
            "each target, and prints a line for each of them.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the gateway would start; with --connect: and every target was reached",
            "2:wrong command line",
            "69:a target was not reached (--connect)",
            "78:properties or routes are wrong"
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final Places places = new Places();

    @Mixin
    private final ConnectOptions connecting = new ConnectOptions();

    private final List<String> problems = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Path scratch = Files.createTempDirectory("framegate-check");
        try {
            Configuration configuration = Configuration.read(places);
            // Standard output is for the result only.
            System.setProperty("framegate.log.target", "System.err");
            System.setProperty(WebSettings.LOG_LEVEL.name(), "ERROR");
            check(configuration, scratch);
        } catch (IOException | IllegalArgumentException e) {
            problems.addAll(StartFailure.describe(e, places.routes()));
        } finally {
            FileUtil.removeDir(scratch.toFile());
        }
        PrintWriter out = spec.commandLine().getOut();
        (problems.isEmpty() ? facts : problems).forEach(out::println);
        warnings.forEach(out::println);
        out.flush();
        return problems.isEmpty() ? connecting.exitCode() : Gateway.CONFIGURATION;
    }

    private void check(Configuration configuration, Path scratch) throws IOException {
        Main main = configuration.main();
        List<String> ofTexts = configuration.routes().problems().stream()
                .map(RouteProblem::toString)
                .toList();
        problems.addAll(ofTexts);
        Trial trial = new Trial(configuration, scratch);
        main.addMainListener(trial);
        main.configure().withAutoStartup(false);
        try {
            main.start();
            trial.routesLoaded(main.getCamelContext());
        } catch (Exception e) {
            List<String> found = trial.parts == null
                    ? List.of()
                    : RouteTrial.problems(
                            main.getCamelContext(),
                            configuration.routes().files(),
                            RouteProblem.atStart(e, places.routes()));
            // Camel reports the problems in ofTexts too, but less precisely.
            problems.addAll(found.isEmpty() && ofTexts.isEmpty() ? StartFailure.describe(e, places.routes()) : found);
        } finally {
            main.stop();
        }
    }

    private final class Trial extends MainListenerSupport {

        private final Configuration configuration;
        private final Path scratch;
        private @Nullable GatewayParts parts;

        Trial(Configuration configuration, Path scratch) {
            this.configuration = configuration;
            this.scratch = scratch;
        }

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            PropertiesComponent properties = context.getPropertiesComponent();
            Settings settings = configuration.settings(context);
            for (SettingException problem : configuration.problems(context, settings)) {
                problems.add(place(problem.property()) + problem.getMessage());
                // The default replaces the invalid value while the routes are checked.
                configuration.catalogue().defaultsWith(problem.property()).forEach(properties::addOverrideProperty);
            }
            if (problems.isEmpty()) {
                SettingsCheck.warnings(settings)
                        .forEach(warning -> warnings.add("warn  " + place(warning.property()) + warning));
            }
            Places where = configuration.places();
            int given = configuration.sources().size();
            facts.add("ok  " + where.config() + ": "
                    + (where.hasNoConfig() ? "none, all defaults" : given + " properties"));
            facts.add(
                    "ok  targets: " + (settings.targets().isEmpty() ? "none" : String.join(", ", settings.targets())));
            connecting.begin(settings);
            for (Setting<?> setting : settings.directories()) {
                properties.addOverrideProperty(setting.name(), scratch.resolve(setting.name()) + "");
            }
            properties.addOverrideProperty(TracingSettings.ENABLED.name(), "false");
            for (String server : List.of("management", "server")) {
                properties.addOverrideProperty("camel." + server + ".enabled", "false");
            }
            PartsLifecycle plugin = PartsLifecycle.of(context);
            plugin.use(settings);
            parts = plugin.parts();
            configuration.prepareRoutes(main, settings);
        }

        /** Returns the source of a property's value, followed by a colon; empty for a default. */
        private String place(String property) {
            String place = configuration.sources().place(property);
            return place.isEmpty() ? "" : place + ": ";
        }

        void routesLoaded(CamelContext context) {
            Path routes = configuration.places().shownRoutes();
            int files = configuration.routes().files().size();
            facts.add("ok  " + routes + ": " + files + " files, " + context.getRoutesSize() + " routes");
            Set<String> targets = parts == null ? Set.of() : parts.outbox().targets();
            String missing = configuration.missing(context, targets);
            if (missing != null) {
                problems.add(missing);
            }
            if (problems.isEmpty()) {
                facts.addAll(connecting.lines(context, targets));
            }
        }
    }
}
