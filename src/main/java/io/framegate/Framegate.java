package io.framegate;

import io.framegate.log.LogFormat;
import io.framegate.outbox.OutboxCommand;
import io.framegate.tool.ShortUsage;
import io.framegate.tool.replay.ReplayCommand;
import io.framegate.tool.send.SendCommand;
import io.framegate.tool.simulate.SimulateCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** The command line: {@code java -jar framegate.jar} runs the gateway in the working directory. */
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
            "1:could not start because of the machine (port in use, disk); the last line says why",
            "2:wrong command line",
            "3:out of memory while it ran; start it again",
            "78:could not start because of properties or routes; the last lines say why",
            "143:stopped by SIGTERM"
        })
public final class Framegate implements Callable<Integer> {

    @Mixin
    private final Configuration.Places places = new Configuration.Places();

    private Framegate() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        LogFormat.takeOver();
        CommandLine line = new CommandLine(new Framegate());
        // Without arguments it is the gateway, whose start need not wait for the classes of other commands.
        if (args.length > 0) {
            line.addSubcommand(new CheckCommand())
                    .addSubcommand(new SendCommand())
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
        return Gateway.run(places);
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
