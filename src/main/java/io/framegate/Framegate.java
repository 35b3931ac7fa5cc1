package io.framegate;

import io.framegate.outbox.OutboxCommand;
import io.framegate.tool.ShortUsage;
import io.framegate.tool.replay.ReplayCommand;
import io.framegate.tool.send.SendCommand;
import io.framegate.tool.simulate.SimulateCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The command line: {@code java -jar framegate.jar} runs the gateway in the directory it is started in. */
@Command(
        name = "framegate",
        description = {
            "Receives camera images over TCP and routes them with Apache Camel.",
            "",
            "Runs the gateway with ./application.properties and ./routes until it is stopped.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Framegate.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped",
            "1:could not start; the reason is the last line",
            "2:wrong command line",
            "143:stopped by SIGTERM"
        })
public final class Framegate implements Callable<Integer> {

    @Option(
            names = "-D",
            paramLabel = "<name>=<value>",
            mapFallbackValue = "true",
            description = "Overrides a property, as it does before -jar.")
    private Map<String, String> properties = new LinkedHashMap<>();

    private Framegate() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Framegate());
        // Without arguments it is the gateway, whose start does not wait for what another command is made of.
        if (args.length > 0) {
            line.addSubcommand(new SendCommand())
                    .addSubcommand(new SimulateCommand())
                    .addSubcommand(new ReplayCommand())
                    .addSubcommand(new OutboxCommand());
        }
        int exitCode = line.setParameterExceptionHandler(new ShortUsage()).execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    @Override
    public Integer call() {
        properties.forEach(System::setProperty);
        return Gateway.inWorkingDirectory().run();
    }

    /** The version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Framegate.class.getPackage().getImplementationVersion();
            return new String[] {"framegate " + (version == null ? "development" : version)};
        }
    }
}
