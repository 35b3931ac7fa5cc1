package io.framegate.it.support;

import static io.framegate.it.support.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes processes that live for seconds start in half the time: without the second compiler, which takes half of that
 * time and gains nothing, and with classes from an archive. The first process of a run makes the archive.
 */
final class ClassArchive {

    private static final String COMPILER = "-XX:TieredStopAtLevel=1";
    private static final Duration START = Duration.ofSeconds(40);

    private ClassArchive() {}

    /** A class apart: the thread that waits for the process needs the outer one, initialized. */
    private static final class Made {
        private static final List<String> OPTIONS = List.of(COMPILER, "-XX:SharedArchiveFile=" + make());
    }

    /** Options of the Java machine. */
    static List<String> options() {
        return Made.OPTIONS;
    }

    private static Path make() {
        try {
            Path directory = Files.createTempDirectory("framegate-archive");
            Path archive = directory.resolve("framegate.jsa");
            Path log = directory.resolve("log");
            List<String> options = List.of(
                    COMPILER,
                    "-XX:ArchiveClassesAtExit=" + archive,
                    "-Dframegate.camera.port=0",
                    "-Dframegate.frames.port=0",
                    "-Dframegate.web.port=0");
            Process gateway = new ProcessBuilder(
                            FramegateJar.command(FramegateJar.PATH, options, "--data", directory.toString()))
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
