package io.framegate.tool.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.framegate.event.RejectReason;
import io.framegate.tool.HostPort;
import io.framegate.tool.TlsOptions;
import io.framegate.tool.replay.ReplayFiles.Item;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code framegate replay FILE...}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Sends files of the quarantine, or recordings, once more.",
        description = {
            "",
            "Of a quarantine directory, it sends the images that could not be stored (not-stored)."
                    + " --reason selects other reasons; a file given by its name is sent with any reason."
                    + " Files are posted over HTTP, one after the other. accepted: the gateway answered 200,"
                    + " after it had stored the images.",
            "",
            "An image keeps its camera, capture time, event type, role, device name, attributes and"
                    + " FramegateDeliveryId. It becomes a separate event: the time of receipt is now, the"
                    + " sender is this machine, and FramegateEventId and the packet's hash are new. A packet is"
                    + " posted unchanged. A camera that does not name itself keeps the address that it had.",
            "",
            "Any other file is a recording of the bytes of one connection (nc -l 18000 > file). It is"
                    + " sent unchanged. The answers to HTTP requests are counted. Other formats have no answers:"
                    + " the line then says sent.",
            "",
            "A file that is replayed twice is stored twice, unless framegate.deduplicate.window is on in the gateway.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all files were accepted or sent",
            "1:a file was refused, not answered or unusable, or the gateway is away; a line says the reason",
            "2:wrong command line"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  framegate replay quarantine --dry-run",
            "  framegate replay quarantine --delete",
            "  framegate replay quarantine --reason malformed --to 192.0.2.1:18000",
            "  framegate replay recorded.bin --to 127.0.0.1:8080"
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final String ALL = "all";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "A quarantine directory, a file in one (the .json or a file beside it), a recording, or a"
                    + " directory of recordings.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--to", paramLabel = "host:port", description = "The gateway (default: ${DEFAULT-VALUE}).")
    private String to = "127.0.0.1:18000";

    @Option(
            names = "--reason",
            paramLabel = "reason",
            split = ",",
            description = "Sends only files with these reasons, or all.")
    private List<String> reasons = new ArrayList<>();

    @Option(names = "--delete", description = "Deletes accepted files, with the note and all files beside it.")
    private boolean delete;

    @Option(names = "--dry-run", description = "Prints what would be sent. Sends and deletes nothing.")
    private boolean dryRun;

    @Option(
            names = "--user",
            paramLabel = "name",
            defaultValue = "${env:FRAMEGATE_HTTP_USER}",
            description = "The user, if the gateway requires one; or FRAMEGATE_HTTP_USER. Recordings have their own.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "text",
            defaultValue = "${env:FRAMEGATE_HTTP_PASSWORD}",
            description = "The password; better as FRAMEGATE_HTTP_PASSWORD, which other users cannot see.")
    private @Nullable String password;

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Override
    public Integer call() {
        System.setProperty("framegate.log.target", "System.err");
        System.setProperty("framegate.log.level", "WARN");
        HostPort gateway = gateway();
        SslContext context = context();
        String authorization = authorization();
        ReplayFiles wanted = new ReplayFiles(reasons());
        for (Path file : files) {
            add(wanted, file);
        }
        CommandLine line = spec.commandLine();
        ReplayReport report = new ReplayReport(line.getOut(), line.getErr(), dryRun, delete);
        try (Replayer replayer = new Replayer(gateway, context, authorization, dryRun)) {
            replay(replayer, wanted.items(), report);
        } catch (GatewayAwayException e) {
            report.fail(e.getMessage());
        }
        return report.finish(wanted) ? 0 : 1;
    }

    private static void replay(Replayer replayer, Collection<Item> items, ReplayReport report)
            throws GatewayAwayException {
        for (Item item : items) {
            ReplayOutcome outcome = replayer.send(item);
            report.add(item, outcome);
            if (outcome.ends()) {
                report.fail("stopped: the gateway would answer the remaining files the same");
                return;
            }
        }
    }

    private void add(ReplayFiles wanted, Path file) {
        if (!Files.exists(file)) {
            throw wrong("file: " + file + " is not there (expected: a file or a directory)", null);
        }
        try {
            wanted.add(file);
        } catch (IOException e) {
            throw wrong("file: " + file + " cannot be read (expected: a file or a directory)", e);
        }
    }

    private @Nullable Set<String> reasons() {
        List<String> known =
                Arrays.stream(RejectReason.values()).map(RejectReason::tag).toList();
        for (String reason : reasons) {
            if (!known.contains(reason) && !reason.equals(ALL)) {
                String tags = String.join(", ", known);
                throw wrong("--reason: " + reason + " (expected: all, or some of " + tags + ")", null);
            }
        }
        if (reasons.isEmpty()) {
            return null;
        }
        return new HashSet<>(reasons.contains(ALL) ? known : reasons);
    }

    private HostPort gateway() {
        try {
            return HostPort.of(to);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable SslContext context() {
        try {
            return tls.context();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable String authorization() {
        boolean named = user != null && !user.isEmpty();
        if (named != (password != null && !password.isEmpty())) {
            throw wrong("--user and --password: only one is given (expected: both or none)", null);
        }
        return named ? "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)) : null;
    }

    private ParameterException wrong(String message, @Nullable Exception cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }
}
