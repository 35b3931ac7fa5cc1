package io.framegate.tool.init;

import static io.framegate.tool.GivenPath.ofEnvironment;
import static java.util.Objects.requireNonNullElse;

import io.framegate.log.Reason;
import io.framegate.tool.GivenPath;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code framegate init}: writes the properties and routes inside the jar, or shows the changes in edited ones. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Writes application.properties and routes for editing, or compares edited ones.",
        description = {
            "",
            "Writes the files that this version has inside. Files that exist stay as they are. With --diff it writes"
                    + " nothing: it shows how each file differs from the one inside, and names files that are missing.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written, or the files exist; with --diff, no file differs",
            "1:a file cannot be written; with --diff, a file differs or is missing",
            "2:wrong command line; with --diff, a file cannot be read"
        })
public final class InitCommand implements Callable<Integer> {

    private static final int DIFFERENT = 1;
    private static final int UNWRITABLE = 1;

    /** The exit code of {@code diff} for trouble. */
    private static final int UNREADABLE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = GivenPath.class,
            description = "The properties (default: $FRAMEGATE_CONFIG, else application.properties).")
    private Path config = requireNonNullElse(ofEnvironment("FRAMEGATE_CONFIG"), Path.of(ShippedFiles.PROPERTIES));

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            converter = GivenPath.class,
            description = "The route files (default: $FRAMEGATE_ROUTES, else routes).")
    private Path routes = requireNonNullElse(ofEnvironment("FRAMEGATE_ROUTES"), Path.of(ShippedFiles.ROUTES));

    @Option(
            names = "--diff",
            description = "Shows what this version has inside beside what was edited; writes nothing.")
    private boolean diff;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Map<Path, String> shipped = new LinkedHashMap<>();
        shipped.put(config, ShippedFiles.properties());
        ShippedFiles.routes().forEach((file, text) -> shipped.put(routes.resolve(file), text));
        try {
            return diff ? compare(shipped, out) : write(shipped, out);
        } catch (FileSystemException e) {
            spec.commandLine().getErr().println(Reason.plain(e) + expected(e));
            return diff ? UNREADABLE : UNWRITABLE;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }

    private static int write(Map<Path, String> shipped, PrintWriter out) throws IOException {
        for (Map.Entry<Path, String> file : shipped.entrySet()) {
            Path directory = file.getKey().toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            try {
                Files.writeString(
                        file.getKey(), file.getValue(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
                out.println("written: " + file.getKey());
            } catch (FileAlreadyExistsException e) {
                out.println("kept: " + file.getKey());
            }
        }
        return 0;
    }

    private static String expected(FileSystemException failure) {
        return failure.getReason() == null ? " (expected: a file that this user may read and write)" : "";
    }

    private static int compare(Map<Path, String> shipped, PrintWriter out) throws IOException {
        int result = 0;
        for (Map.Entry<Path, String> file : shipped.entrySet()) {
            if (Files.notExists(file.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                out.println("new: " + file.getKey());
                result = DIFFERENT;
                continue;
            }
            if (Files.isDirectory(file.getKey())) {
                throw new FileSystemException(file.getKey().toString(), null, "a directory (expected: a file)");
            }
            // Bytes that are not UTF-8 appear as a difference.
            String edited = new String(Files.readAllBytes(file.getKey()), StandardCharsets.UTF_8);
            for (String line : FileDiff.between(file.getKey().toString(), edited, file.getValue())) {
                out.println(line);
                result = DIFFERENT;
            }
        }
        return result;
    }
}
