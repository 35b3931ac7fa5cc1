package io.framegate.it.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server as a process of its own, with a class path of its own. */
final class ServerProcess implements AutoCloseable {

    private static final Path SERVERS = Path.of("target", "servers").toAbsolutePath();

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** A jar or list of jars that the build has put there. */
    static Path library(String name) {
        return SERVERS.resolve(name);
    }

    /** Runs Java with these arguments. */
    static ServerProcess java(Path directory, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(arguments);
        return of(directory, command);
    }

    /** Runs a program in this directory. */
    static ServerProcess of(Path directory, List<String> command) {
        try {
            Path log = Files.createDirectories(directory).resolve("server.log");
            return new ServerProcess(
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first program of these names that this machine has, or an empty text. */
    static String program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/lib/rabbitmq/bin")
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }

    /** Whether the process listens on this port. */
    boolean listens(int port) {
        if (!process.isAlive()) {
            throw new IllegalStateException("server ended:\n" + log());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Waits until it ends of itself, well. */
    void awaitEnd() {
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("server failed:\n" + log());
        }
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
