package io.framegate.tool.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/** Cameras against a server that answers and stores nothing. */
@Execution(ExecutionMode.CONCURRENT)
class SimulateCommandTest {

    private final StringWriter out = new StringWriter();

    @TempDir
    private Path directory = Path.of(".");

    /** Closes each connection at once. */
    private static ServerSocket closing() throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread closing = new Thread(() -> {
            try {
                while (true) {
                    server.accept().close();
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        closing.start();
        return server;
    }

    /** Posts one packet, two images, to a server whose n-th answer has this status. */
    private int simulate(IntUnaryOperator status) throws IOException {
        return simulate("", status);
    }

    /** Posts to these gateways and, if the camera does not get rid of it there, to the server. */
    private int simulate(String gateways, IntUnaryOperator status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger requests = new AtomicInteger();
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status.applyAsInt(requests.getAndIncrement()), -1);
            exchange.close();
        });
        server.start();
        try {
            List<String> arguments = new ArrayList<>(List.of(
                    "--to", gateways + "127.0.0.1:" + server.getAddress().getPort()));
            arguments.addAll(List.of("--format", "http", "--cameras", "1", "--rate", "1/s", "--duration", "1s"));
            arguments.addAll(List.of("--verify", directory.toString(), "--settle", "100ms"));
            return new CommandLine(new SimulateCommand())
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(out))
                    .execute(arguments.toArray(String[]::new));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatWasAnsweredAndIsNotThereIsMissing() throws IOException {
        assertThat(simulate(request -> 200)).isEqualTo(1);
        assertThat(out.toString())
                .contains("answered=2,", "latency                  due to answer")
                .containsPattern("missing +2\\R")
                .contains("camera 0 packet 0 image 1 ", "NOT COMPLETE");
    }

    @Test
    void whatTheGatewayCouldNotStoreIsSentAgain() throws IOException {
        assertThat(simulate(request -> request < 1 ? 503 : 200)).isEqualTo(1);
        assertThat(out.toString())
                .contains("200=1, 503=1", "answered=2,")
                .containsPattern("resent +1\\R")
                .containsPattern("packets +2\\R");
    }

    @Test
    void cameraWhoseGatewayIsGoneGoesToTheNext() throws IOException {
        try (ServerSocket gone = closing()) {
            assertThat(simulate("127.0.0.1:" + gone.getLocalPort() + ",", request -> 200))
                    .isEqualTo(1);
        }
        assertThat(out.toString())
                .contains("answered=2,")
                .containsPattern("resent +1\\R")
                .containsPattern("connectionsLost +1\\R");
    }

    @Test
    void whatAConnectionThatTheGatewayBrokeTookWithItIsLost() throws IOException {
        try (ServerSocket server = closing()) {
            int exitCode = new CommandLine(new SimulateCommand())
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(out))
                    .execute(
                            "--to=127.0.0.1:" + server.getLocalPort(),
                            "--format=le32",
                            "--cameras=1",
                            "--rate=5/s",
                            "--duration=2s",
                            "--verify=" + directory,
                            "--settle=100ms");
            assertThat(exitCode).isEqualTo(1);
            assertThat(out.toString()).containsPattern("lost +[1-9]").contains("NOT COMPLETE");
        }
    }

    @Test
    void directoryThatIsNotThereIsWrongUsage() {
        int exitCode = new CommandLine(new SimulateCommand())
                .setErr(new PrintWriter(out))
                .execute("--to=127.0.0.1:1", "--verify=" + directory.resolve("none"));
        assertThat(exitCode).isEqualTo(2);
        assertThat(out.toString()).contains("--verify: ").contains("(expected: a directory");
    }

    @Test
    void aWholePacketThatIsRefusedIsMissing() throws IOException {
        assertThat(simulate(request -> 401)).isEqualTo(1);
        assertThat(out.toString()).contains("401=1", "refused=2,").containsPattern("missing +2\\R");
    }
}
