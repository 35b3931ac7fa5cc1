package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.FramegateJar;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator tells gateways that store everything from those that do not. */
class SimulateIT {

    @TempDir
    private static Path directory;

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() {
        gateway = new GatewayProcess(directory).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void everythingIsKeptWhateverTheCamerasDo() {
        keepsEverything("http");
    }

    @Tag("faults")
    @Test
    void everythingOfTheBareSocketIsKept() {
        keepsEverything("xml");
    }

    private static void keepsEverything(String format) {
        Simulator simulator = new Simulator(gateway.cameraPort())
                .with(
                        "--format",
                        format,
                        "--cameras",
                        "50",
                        "--duration",
                        "5s",
                        "--faults",
                        "all",
                        "--verify",
                        "images")
                .with("--quarantine", "quarantine", "--json")
                .start();
        assertThat(simulator.exitCode()).as(simulator.output()).isZero();
        assertThat(simulator.output())
                .contains("\"result\" : \"complete\"", "\"missing\" : 0", "\"p99.9\"", "\"malformed\"");
        assertThat(gateway.images().temporaryFiles()).isEmpty();
    }

    @Tag("faults")
    @Test
    void anImageThatIsDeletedIsMissed() {
        ImageFolder folder = gateway.images();
        Simulator simulator = new Simulator(gateway.cameraPort())
                .with("--cameras", "5", "--duration", "2s", "--settle", "1s", "--verify", "images")
                .start();
        eventually("an image").until(() -> !folder.look().isEmpty());
        delete(folder.look().keySet().iterator().next());
        assertThat(simulator.exitCode()).as(simulator.output()).isEqualTo(1);
        assertThat(simulator.output()).containsPattern("missingImages +camera [0-4] packet 0 image [01]");
    }

    @Tag("faults")
    @Test
    void aGatewayThatIsKilledIsNoSuccess() {
        try (GatewayProcess killed = new GatewayProcess(directory.resolve("killed")).start()) {
            ImageFolder folder = killed.images();
            Simulator simulator = new Simulator(killed.cameraPort())
                    .with("--cameras", "5", "--rate", "5/s", "--duration", "4s", "--settle", "1s")
                    .with("--verify", "killed/images")
                    .start();
            eventually("an image").until(() -> !folder.look().isEmpty());
            killed.kill();
            assertThat(simulator.exitCode()).as(simulator.output()).isEqualTo(1);
            assertThat(simulator.output()).containsAnyOf("GATEWAY GONE", "NOT COMPLETE");
        }
    }

    private static void delete(String file) {
        try {
            Files.deleteIfExists(gateway.directory().resolve("images").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Tag("faults")
    @Test
    void aGatewayThatIsNotThereIsOneLine() {
        Simulator simulator = new Simulator(GatewayProcess.freePort()).start();
        assertThat(simulator.exitCode()).isEqualTo(1);
        assertThat(simulator.output()).containsOnlyOnce("\n").contains("cannot simulate: gateway 127.0.0.1:");
    }

    @Test
    void whatCannotBeMeantIsWrongUsage() {
        Simulator simulator = new Simulator(1).with("--format", "gif").start();
        assertThat(simulator.exitCode()).isEqualTo(2);
        assertThat(simulator.output()).contains("--format: gif (expected: one of xml, http, ");
    }

    /** The command as a process in the directory of the gateway. */
    private static final class Simulator {

        private final List<String> command;
        private final Path output = directory.resolve("simulator.log");
        private Process process;

        Simulator(int port) {
            command = FramegateJar.command(List.of("-Xmx256m"), "simulate", "--to", "127.0.0.1:" + port);
        }

        Simulator with(String... arguments) {
            command.addAll(Arrays.asList(arguments));
            return this;
        }

        Simulator start() {
            try {
                process = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int exitCode() {
            try {
                if (!process.waitFor(90, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running:\n" + output());
                }
                return process.exitValue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        String output() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
