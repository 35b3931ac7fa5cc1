package io.framegate.it.support;

import static io.framegate.it.support.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes processes that live for seconds start in half the time: without the second compiler and the threads of G1,
 * which take half of that time and gain nothing, with fewer methods compiled, and with classes from an archive. The
 * first process of each JVM of tests makes the archive.
 */
final class ClassArchive {

    private static final List<String> BRIEF =
            List.of("-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=5", "-XX:+UseSerialGC");
    private static final Duration START = Duration.ofMinutes(2);

    private ClassArchive() {}

    /** A class apart: the thread that waits for the process needs the outer one, initialized. */
    private static final class Made {
        private static final String OPTION = "-XX:SharedArchiveFile=" + make();
    }

    /** Options of the Java machine. The archive is for the jar that the build has made, not for a copy. */
    static List<String> options(Path jar) {
        if (!jar.equals(FramegateJar.PATH)) {
            return BRIEF;
        }
        List<String> options = new ArrayList<>(BRIEF);
        options.add(Made.OPTION);
        return options;
    }

    private static Path make() {
        try {
            Path directory =
                    Files.createDirectories(Path.of("target/archive", System.getProperty("surefire.forkNumber", "1"))
                            .toAbsolutePath());
            Path archive = directory.resolve("framegate.jsa");
            Files.deleteIfExists(archive);
            Path log = directory.resolve("log");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(BRIEF);
            command.addAll(List.of(
                    "-XX:ArchiveClassesAtExit=" + archive,
                    "-Dframegate.camera.port=0",
                    "-Dframegate.frames.port=0",
                    "-Dframegate.web.port=0",
                    "-jar",
                    FramegateJar.PATH.toString(),
                    "--data",
                    directory.toString()));
            Process gateway = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            eventually("started", START)
                    .until(() -> !gateway.isAlive() || Files.readString(log).contains("io.framegate - listening"));
            gateway.destroy();
            if (!gateway.waitFor(START.toSeconds(), TimeUnit.SECONDS) || Files.notExists(archive)) {
                throw new IllegalStateException("no archive of classes:\n" + Files.readString(log));
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
