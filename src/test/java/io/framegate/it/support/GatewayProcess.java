package io.framegate.it.support;

import static io.framegate.it.support.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's jar as a process in a directory of its own, with the project's routes and properties and on free ports.
 * May be started again after it ended; its log goes on in the same file.
 */
public final class GatewayProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofMinutes(2);

    /** Test JVMs that run side by side use different ports. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(10_000, 19_000)
                    + Integer.getInteger("surefire.forkNumber", 1) % 2 * 10_000);

    private final Path directory;
    private final Path logFile;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private List<String> wrapper = List.of();
    private Path jar = FramegateJar.PATH;
    private @Nullable Process process;
    private long logStart;
    private int cameraPort;
    private int framesPort;
    private int webPort;
    private boolean keepsPorts;

    /** A gateway that is to run in this directory. */
    public GatewayProcess(Path directory) {
        this.directory = directory;
        this.logFile = directory.resolve("gateway.log");
        try {
            Files.createDirectories(routes());
            Files.copy(Path.of("application.properties"), directory.resolve("application.properties"));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("routes"))) {
                for (Path file : files) {
                    Files.copy(file, routes().resolve(file.getFileName()));
                }
            }
            Files.createFile(logFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Overrides a property. */
    public GatewayProcess with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    /** Overrides a property by an environment variable, which no list of processes shows. */
    public GatewayProcess withVariable(String property, String value) {
        variables.put(property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT), value);
        return this;
    }

    /** Adds an option of the Java machine, {@code -Xmx64m}. */
    public GatewayProcess withOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /** Adds arguments of the command line, {@code check}. */
    public GatewayProcess withArguments(String... added) {
        arguments.addAll(List.of(added));
        return this;
    }

    /** Gives the gateway this file of properties. */
    public GatewayProcess withProperties(String text) {
        try {
            Files.writeString(directory.resolve("application.properties"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Runs a copy of the jar, so that other files are beside it. */
    public GatewayProcess withJar(Path copy) {
        jar = copy;
        return this;
    }

    /** Listens on the same ports again when it is started again, as cameras expect. */
    public GatewayProcess keepingPorts() {
        keepsPorts = true;
        return this;
    }

    /** Runs the gateway under another command, which gets the gateway's own as its last arguments. */
    public GatewayProcess under(String... command) {
        wrapper = List.of(command);
        return this;
    }

    /** Starts the gateway and waits until it listens. */
    public GatewayProcess start() {
        launch();
        eventually("listening", START).until(() -> !isAlive() || isListening());
        if (!isAlive()) {
            throw new IllegalStateException("gateway did not start:\n" + log());
        }
        return this;
    }

    /** Starts the gateway and waits for nothing. */
    public GatewayProcess launch() {
        if (process == null || !keepsPorts) {
            cameraPort = freePort();
            framesPort = freePort();
            webPort = freePort();
        }
        List<String> command = new ArrayList<>(wrapper);
        List<String> options = new ArrayList<>(jvmOptions);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("framegate.camera.host", "127.0.0.1");
        all.put("framegate.camera.port", Integer.toString(cameraPort));
        all.put("framegate.frames.port", Integer.toString(framesPort));
        all.put("framegate.web.port", Integer.toString(webPort));
        all.putAll(properties);
        all.forEach((name, value) -> options.add("-D" + name + "=" + value));
        command.addAll(FramegateJar.command(jar, options, arguments.toArray(String[]::new)));
        try {
            logStart = Files.size(logFile);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
            builder.environment().putAll(variables);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private boolean isListening() {
        // The line comes when all routes have started; a port alone may be the first of two.
        return log().lines()
                        .filter(line -> line.contains("io.framegate - listening"))
                        .count()
                == 2;
    }

    /**
     * A port that nothing listens on now, and that nobody else is given: below those that the system takes for
     * connections, which would be taken between now and the gateway's start when tests run side by side.
     */
    public static int freePort() {
        while (true) {
            int port = NEXT_PORT.getAndIncrement();
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one, then.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Process process() {
        return Objects.requireNonNull(process, "not started");
    }

    public boolean isAlive() {
        return process().isAlive();
    }

    public long pid() {
        return process().pid();
    }

    /** Sends SIGKILL; nothing of the gateway's own runs any more. */
    public void kill() {
        process().destroyForcibly();
        awaitEnd();
    }

    /** Sends SIGTERM, and does not wait. */
    public void sendTerm() {
        process().destroy();
    }

    /** Sends SIGTERM; the exit code. */
    public int terminate() {
        sendTerm();
        return awaitEnd();
    }

    /** Waits until the process has ended; its exit code. */
    public int awaitEnd() {
        try {
            if (!process().waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("gateway did not end in " + END + ":\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process().exitValue();
    }

    @Override
    public void close() {
        if (process != null && isAlive()) {
            kill();
        }
    }

    /** The port called the cameras' one. */
    public int cameraPort() {
        return cameraPort;
    }

    /** The port called the frames' one. */
    public int framesPort() {
        return framesPort;
    }

    /** The port of metrics. */
    public int webPort() {
        return webPort;
    }

    /** A camera connected to the cameras' port. */
    public Camera camera() {
        return Camera.connect(cameraPort);
    }

    public Path directory() {
        return directory;
    }

    public Path routes() {
        return directory.resolve("routes");
    }

    /** The images directory, unless a property says another. */
    public ImageFolder images() {
        return new ImageFolder(directory.resolve("images"));
    }

    /** The quarantine directory, unless a property says another. */
    public Path quarantine() {
        return directory.resolve("quarantine");
    }

    /** What the gateway has said since it was started last. */
    public String log() {
        try {
            byte[] all = Files.readAllBytes(logFile);
            return new String(all, (int) logStart, all.length - (int) logStart, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of the log, since the gateway was started last, in which all these texts are. */
    public List<String> logLines(String... texts) {
        return log().lines()
                .filter(line -> {
                    for (String text : texts) {
                        if (!line.contains(text)) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    /** Waits until the log has such a line; the first one. */
    public String awaitLog(Duration atMost, String... texts) {
        String what = "a log line with " + String.join(", ", texts);
        try {
            eventually(what, atMost).until(() -> !logLines(texts).isEmpty());
        } catch (ConditionTimeoutException none) {
            List<String> all = log().lines()
                    .filter(line -> !line.contains("event accepted"))
                    .map(line -> line.substring(0, Math.min(line.length(), 1000)))
                    .toList();
            String others = String.join("\n", all.subList(Math.max(0, all.size() - 200), all.size()));
            throw new AssertionError("not in the log: " + what + "\n" + others, none);
        }
        return logLines(texts).get(0);
    }

    /** Reads a route file. */
    public String route(String file) {
        try {
            return Files.readString(routes().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a route file as editors do: written beside it, then renamed. */
    public void writeRoute(String file, String content) {
        try {
            Path edited = Files.writeString(directory.resolve("edited.tmp"), content);
            Files.move(edited, routes().resolve(file), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the first such place of a route file. */
    public void editRoute(String file, String target, String replacement) {
        String content = route(file);
        int at = content.indexOf(target);
        if (at < 0) {
            throw new IllegalArgumentException(file + " has no " + target);
        }
        writeRoute(file, content.substring(0, at) + replacement + content.substring(at + target.length()));
    }
}
