package io.framegate;

import io.framegate.log.LogConfigurator;
import io.framegate.outbox.OutboxCommand;
import io.framegate.settings.Build;
import io.framegate.tool.ShortUsage;
import io.framegate.tool.init.InitCommand;
import io.framegate.tool.replay.ReplayCommand;
import io.framegate.tool.send.SendCommand;
import io.framegate.tool.simulate.SimulateCommand;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The command line: {@code java -jar framegate.jar} runs the gateway in the working directory. */
@Command(
        name = "framegate",
        description = {
            "Receives camera images over TCP and routes them with Apache Camel.",
            "",
            "Runs the gateway with ./application.properties and ./routes until it is stopped. Without them it runs"
                    + " with the",
            "defaults and routes inside the jar, which `framegate init` writes for editing.",
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
            "4:drained, but deliveries are left after framegate.drain.timeout; a line lists them",
            "78:could not start because of properties or routes; the last lines say why",
            "143:stopped by SIGTERM"
        })
public final class Framegate implements Callable<Integer> {

    @Mixin
    private final Places places = new Places();

    private Framegate() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        LogConfigurator.takeOver();
        // Reading the annotations of all commands takes a tenth of a start, so a plain start leaves picocli out.
        int exitCode =
                args.length == 0 ? Gateway.run(new Places()) : commandLine().execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Creates the command line of all commands. */
    static CommandLine commandLine() {
        return new CommandLine(new Framegate())
                .addSubcommand(new CheckCommand())
                .addSubcommand(new InitCommand())
                .addSubcommand(new SendCommand())
                .addSubcommand(new SimulateCommand())
                .addSubcommand(new ReplayCommand())
                .addSubcommand(new OutboxCommand())
                .addSubcommand(new DrainCommand())
                .addSubcommand(new VersionCommand())
                .addSubcommand(completion())
                .setParameterExceptionHandler(new ShortUsage())
                .setExecutionStrategy(Framegate::executed);
    }

    /** Refuses options of the gateway before the name of a command, where they would have no effect. */
    private static int executed(ParseResult parsed) {
        if (parsed.hasSubcommand()) {
            String command = parsed.subcommand().commandSpec().name();
            for (OptionSpec option : parsed.matchedOptions()) {
                String name = option.longestName();
                if (!name.equals(Places.PROPERTY) && !option.usageHelp() && !option.versionHelp()) {
                    throw new ParameterException(
                            parsed.commandSpec().commandLine(),
                            name + ": before the command (expected: after it, as in framegate " + command + " " + name
                                    + " ...)");
                }
            }
        }
        return new RunLast().execute(parsed);
    }

    /**
     * Returns the command that prints the completion script of a shell. Only installers need it, so the help hides it.
     */
    private static CommandLine completion() {
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion.getCommandSpec().usageMessage().hidden(true);
        return completion;
    }

    @Override
    public Integer call() {
        return Gateway.run(places);
    }

    /** The same as {@code --version}. */
    @Command(name = "version", mixinStandardHelpOptions = true, header = "Prints the version, and that of Java.")
    static final class VersionCommand implements Runnable {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public void run() {
            spec.parent().commandLine().printVersionHelp(spec.commandLine().getOut());
        }
    }

    /** The versions of the jar and of Java. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"framegate " + Build.version(), "Java " + Build.java()};
        }
    }
}
