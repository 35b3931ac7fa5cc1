package io.framegate.faults;

import static io.framegate.it.Eventually.eventually;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system calls of a running process, as the kernel sees them, and some of them made to fail. */
final class Strace implements AutoCloseable {

    private static final String CALLS = "trace=fsync,fdatasync,rename,renameat,renameat2,unlink,write,writev";
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
    private static final String UNFINISHED = " <unfinished ...>";

    private final Process process;
    private final Path trace;

    private Strace(Process process, Path trace) {
        this.process = process;
        this.trace = trace;
    }

    /** Attaches to a process; skips the test where that is not possible. */
    static Strace of(long pid, Path trace, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "strace", "-f", "-y", "-s", "32", "-p", Long.toString(pid), "-o", trace.toString(), "-e", CALLS));
        command.addAll(List.of(more));
        Path said = Path.of(trace + ".said");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, "needs strace: " + missing.getMessage());
            throw missing;
        }
        eventually("strace attached")
                .until(() -> !process.isAlive() || Files.readString(said).contains(" attached"));
        assumeTrue(process.isAlive(), () -> "needs strace -p to be permitted: " + read(said));
        return new Strace(process, trace);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process goes on by itself. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("strace does not let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All calls so far, in the order in which they ended; but what is written, in the order in which that began. */
    List<String> calls() {
        List<String> calls = new ArrayList<>();
        Map<String, String> unfinished = new HashMap<>();
        for (String line : read(trace).lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                continue;
            }
            String thread = parts.group(1);
            String call = parts.group(2);
            Matcher resumed = RESUMED.matcher(call);
            if (call.endsWith(UNFINISHED)) {
                String begun = call.substring(0, call.length() - UNFINISHED.length());
                if (begun.startsWith("write")) {
                    calls.add(begun);
                } else {
                    unfinished.put(thread, begun);
                }
            } else if (!resumed.matches()) {
                calls.add(call);
            } else if (unfinished.containsKey(thread)) {
                calls.add(unfinished.remove(thread) + resumed.group(1));
            }
        }
        return calls;
    }
}
