package io.framegate.tool.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.framegate.event.RejectReason;
import io.framegate.tool.HostPort;
import io.framegate.tool.replay.ReplayFiles.Item;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framegate replay FILE...}: sends what is in a quarantine, or was recorded, once more. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Sends what is in the quarantine, or was recorded, once more.",
        description = {
            "",
            "From a quarantine directory it takes the images that could not be stored (not-stored); other reasons only with"
                    + " --reason, or a file by its name. They are posted over HTTP, one after the other: accepted means the"
                    + " gateway answered 200, after storing.",
            "",
            "An image keeps its camera, capture time, event type, role, device name and attributes, so also its"
                    + " FramegateDeliveryId. It is an event of its own: the time of receipt is now, the sender is this"
                    + " machine, and FramegateEventId and the packet's hash are new. A packet keeps what it says itself, and"
                    + " a camera that does not say who it is its address of then.",
            "",
            "Any other file is a recording of what a camera sent on one connection (nc -l 18000 > file). It is sent as it is;"
                    + " of HTTP requests the answers count, other formats have none: sent is all that is known then.",
            "",
            "Replayed twice is stored twice, unless the gateway's framegate.deduplicate.window is on.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all that was wanted is accepted, or sent",
            "1:something was refused, not answered or cannot be sent, or the gateway is away; the reason is said",
            "2:wrong command line"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  framegate replay quarantine --dry-run",
            "  framegate replay quarantine --delete",
            "  framegate replay quarantine --reason malformed,not-a-picture --to 192.0.2.1:18000",
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
            description = "A quarantine directory, a file of one (the .json or what is beside it), a recording, or a"
                    + " directory of recordings.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "host:port",
            defaultValue = "127.0.0.1:18000",
            description = "The gateway (default: ${DEFAULT-VALUE}).")
    private String to = "";

    @Option(
            names = "--reason",
            paramLabel = "reason",
            split = ",",
            description = "Only what was kept for these reasons, or all.")
    private List<String> reasons = new ArrayList<>();

    @Option(names = "--delete", description = "Deletes what was accepted: the note and the files beside it.")
    private boolean delete;

    @Option(names = "--dry-run", description = "Says what would be sent, and sends and deletes nothing.")
    private boolean dryRun;

    @Option(
            names = "--user",
            paramLabel = "name",
            defaultValue = "${env:FRAMEGATE_HTTP_USER}",
            description =
                    "For a gateway that wants one; or the environment's FRAMEGATE_HTTP_USER. Recordings carry their own.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "text",
            defaultValue = "${env:FRAMEGATE_HTTP_PASSWORD}",
            description = "Of that user; better as FRAMEGATE_HTTP_PASSWORD, where nobody else sees it.")
    private @Nullable String password;

    @Override
    public Integer call() {
        System.setProperty("framegate.log.target", "System.err");
        System.setProperty("framegate.log.level", "WARN");
        HostPort gateway = gateway();
        String authorization = authorization();
        ReplayFiles wanted = new ReplayFiles(reasons());
        for (Path file : files) {
            add(wanted, file);
        }
        CommandLine line = spec.commandLine();
        ReplayReport report = new ReplayReport(line.getOut(), line.getErr(), dryRun, delete);
        try (Replayer replayer = new Replayer(gateway, authorization, dryRun)) {
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
