package io.framegate;

import io.framegate.context.Drain;
import io.framegate.settings.Sources;
import io.framegate.settings.StoreSettings;
import io.framegate.store.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code framegate drain}: makes the running gateway finish its work and exit. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Drains a running gateway: it accepts no connections, delivers the rest, and ends. Waits for its end.",
        description = {
            "",
            "Open packets end first. The gateway ends with exit code 0 when no connection is open and nothing waits for a"
                    + " target, and with 4 after framegate.drain.timeout. Its readiness is DOWN meanwhile. It asks for"
                    + " the same user that runs the gateway.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the gateway has ended, and nothing waits for a target",
            "1:no gateway runs there",
            "2:wrong command line",
            "4:the gateway has ended before the drain was complete, by framegate.drain.timeout or otherwise"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  framegate drain", "  framegate drain --images /var/lib/framegate/images"})
final class DrainCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMillis(200);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "path",
            description = "The gateway's images (default: framegate.images.directory, as a gateway started in this"
                    + " directory reads it).")
    private @Nullable Path given;

    @Override
    public Integer call() throws IOException {
        Path images = given == null ? Sources.directory(StoreSettings.IMAGES) : given;
        Path own = Drain.wish(images).getParent();
        if (own == null || !Files.isDirectory(own) || hasEnded(own)) {
            spec.commandLine().getErr().println("images: " + images + " (expected: the images of a running gateway)");
            return 1;
        }
        Files.write(Drain.wish(images), new byte[0]);
        while (!hasEnded(own)) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        if (!Files.exists(Drain.complete(images))) {
            spec.commandLine()
                    .getErr()
                    .println("the gateway has ended before its drain was complete (expected: nothing left; its log has"
                            + " the reason, and the next start delivers the rest)");
            return Drain.INCOMPLETE;
        }
        spec.commandLine().getOut().println("the gateway has ended");
        return 0;
    }

    /** A running gateway holds the lock. */
    private static boolean hasEnded(Path own) throws IOException {
        try (DirectoryLock lock = DirectoryLock.tryOpen(own)) {
            return lock != null;
        }
    }
}
