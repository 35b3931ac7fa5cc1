package io.framegate.outbox;

import io.framegate.settings.DeliverSettings;
import io.framegate.settings.Sources;
import io.framegate.store.DirectoryLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.FileUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code framegate outbox}: shows the deliveries that wait or are set aside, and retries or drops them. */
@Command(
        name = "outbox",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header =
                "Shows waiting and refused deliveries of each target; sets them aside, tries them again, or drops them.",
        description = {"", "Works whether the gateway runs or not. A running gateway tries again within seconds.", ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:no outbox, or nothing of that name is set aside", "2:wrong command line"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  framegate outbox",
            "  framegate outbox --retry ftp",
            "  framegate outbox --set-aside ftp",
            "  framegate outbox --discard ftp",
            "  framegate outbox --retry ftp 17-AA_BB_CC_DD_EE_FF-20260329T095821Z-cbf1d8aa30c2d16e"
        })
public final class OutboxCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--directory",
            paramLabel = "path",
            description = "The outbox (default: framegate.outbox.directory, as a gateway started in this directory"
                    + " reads it).")
    private @Nullable Path given;

    private Path directory = Path.of("outbox");

    @Option(names = "--retry", paramLabel = "target", description = "Has what this target refused tried again.")
    private String retry = "";

    @Option(
            names = "--set-aside",
            paramLabel = "target",
            description = "Sets aside what this target refuses now, although it has taken nothing since the start. The"
                    + " gateway must run.")
    private String refused = "";

    @Option(
            names = "--discard",
            paramLabel = "target",
            description = "Drops what waits for this target and what it refused. The target must be off, or the"
                    + " gateway stopped.")
    private String discard = "";

    @Parameters(paramLabel = "NAME", description = "With --retry: only these. Default: all.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (!names.isEmpty() && retry.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "names without --retry (expected: --retry target)");
        }
        directory = given == null ? Sources.directory(DeliverSettings.OUTBOX) : given;
        if (!Files.isDirectory(directory)) {
            return failed("outbox: no " + directory + " (expected: a directory; --directory says which)");
        }
        if (Stream.of(retry, refused, discard).filter(one -> !one.isEmpty()).count() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--retry, --set-aside and --discard (expected: one of them)");
        }
        String name = retry + refused + discard;
        if (name.isEmpty()) {
            return show();
        }
        Path target = directory.resolve(name);
        if (!ClaimDirectories.all(directory).contains(target)) {
            return failed("target: " + name + " (expected: a directory of " + directory + ")");
        }
        if (!refused.isEmpty()) {
            return setAside(target);
        }
        return retry.isEmpty() ? discard(target) : retry(target);
    }

    private int setAside(Path target) throws IOException {
        try (DirectoryLock lock = DirectoryLock.tryOpen(target)) {
            if (lock != null) {
                return failed("target: " + refused + " is off, or no gateway runs (expected: a gateway that delivers)");
            }
        }
        new SetAside(target).wish();
        spec.commandLine().getOut().println(refused + " sets aside refused deliveries, at the next attempt");
        return 0;
    }

    private int show() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (Path target : ClaimDirectories.all(directory)) {
            List<SetAside.Item> items = new SetAside(target).list();
            out.println(target.getFileName() + " waiting=" + Segments.waiting(target) + " setAside=" + items.size());
            for (SetAside.Item item : items) {
                out.println("  " + item.name() + " at=" + item.at() + (item.event() ? " event=" : " image=")
                        + item.path() + " reason=\"" + item.reason() + "\"");
            }
        }
        return 0;
    }

    private int discard(Path target) throws IOException {
        try (DirectoryLock lock = DirectoryLock.tryOpen(target)) {
            if (lock == null) {
                return failed("target: " + discard + " is in use (expected: switched off, or the gateway stopped)");
            }
            long waiting = Segments.waiting(target);
            long setAside = new SetAside(target).count();
            FileUtil.removeDir(target.toFile());
            spec.commandLine().getOut().println(discard + " discarded waiting=" + waiting + " setAside=" + setAside);
            return 0;
        }
    }

    private int retry(Path target) throws IOException {
        SetAside setAside = new SetAside(target);
        Set<String> known =
                setAside.list().stream().map(SetAside.Item::name).collect(Collectors.toCollection(LinkedHashSet::new));
        int missing = 0;
        for (String name : names.isEmpty() ? known : names) {
            if (known.contains(name) && setAside.retry(name)) {
                spec.commandLine().getOut().println(name);
            } else {
                missing += failed("name: " + name + " is not set aside (expected: as the list shows it)");
            }
        }
        return missing == 0 ? 0 : 1;
    }

    private int failed(String reason) {
        spec.commandLine().getErr().println(reason);
        return 1;
    }
}
