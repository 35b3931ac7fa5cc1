package io.framegate.it.embed;

import static io.framegate.it.support.Eventually.eventually;

import io.framegate.it.support.GatewayProcess;
import io.framegate.it.target.TargetServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An application that has the jar on its class path, as a process in a directory of its own. */
final class HostProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(1);

    private final int cameraPort = GatewayProcess.freePort();
    private final Path directory;
    private final Path log;
    private final Process process;

    private HostProcess(Host host, Path directory, Map<String, String> properties) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.log = directory.resolve("log");
        List<String> options = new ArrayList<>();
        options.add("-Dcamera.port=" + cameraPort);
        options.add("-Dframegate.camera.port=" + cameraPort);
        properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
        process = new ProcessBuilder(host.command(options))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Starts an application with these properties, and waits until cameras can connect. */
    static HostProcess start(Host host, Path directory, Map<String, String> properties) {
        try {
            HostProcess started = new HostProcess(host, directory, properties);
            eventually("started", START).until(() -> !started.process.isAlive() || started.isListening());
            if (!started.process.isAlive()) {
                throw new IllegalStateException(host + " did not start:\n" + String.join("\n", started.log()));
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isListening() {
        return log().stream().anyMatch(line -> line.contains("Apache Camel") && line.contains(" started in "));
    }

    /** The properties by which the applications find this broker. */
    static Map<String, String> broker(TargetServer broker) {
        Map<String, String> jms = broker.properties();
        return Map.of(
                "broker.url", jms.getOrDefault("framegate.deliver.jms.url", ""),
                "broker.user", jms.getOrDefault("framegate.deliver.jms.user", ""),
                "broker.password", jms.getOrDefault("framegate.deliver.jms.password", ""));
    }

    int cameraPort() {
        return cameraPort;
    }

    Path directory() {
        return directory;
    }

    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<Integer> listeningPorts() {
        return ListeningPorts.of(process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
