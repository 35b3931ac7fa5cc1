package io.framegate.tool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A connection against a plain socket. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class ConnectionTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private ServerSocket server;
    private FrameClient client;

    @TempDir
    private Path directory = Path.of(".");

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        client = new FrameClient(new HostPort("127.0.0.1", server.getLocalPort()), 1, null);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(US_ASCII));
    }

    private static void answer(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    @Test
    void answersComeInTheirOrderWithoutTheInformationalOnes() throws Exception {
        try (Connection connection = Connection.open(client, true);
                Socket socket = server.accept()) {
            connection.send(bytes("abc"), bytes("def"));
            assertThat(socket.getInputStream().readNBytes(6)).asString(US_ASCII).isEqualTo("abcdef");
            answer(socket, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            answer(socket, "HTTP/1.1 503 Later\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            assertThat(connection.answer()).isEqualTo(new HttpAnswer(200, "ok", false));
            assertThat(connection.isOpen()).isTrue();
            assertThat(connection.answer()).isEqualTo(new HttpAnswer(503, "", true));
            assertThat(connection.isOpen()).as("after the last answer").isFalse();
        }
    }

    @Test
    void closedConnectionHasNoMoreAnswers() throws Exception {
        try (Connection connection = Connection.open(client, true)) {
            server.accept().close();
            assertThat(connection.next()).isNull();
            assertThat(connection.next()).isNull();
            assertThatIOException().isThrownBy(connection::answer).withMessage("connection closed without an answer");
        }
    }

    @Test
    void answerInAnotherProtocolBreaksTheConnection() throws Exception {
        try (Connection connection = Connection.open(client, true);
                Socket socket = server.accept()) {
            answer(socket, "220 ftp.example ready\r\n\r\n");
            assertThatIOException()
                    .isThrownBy(connection::answer)
                    .withMessage("answer: not HTTP (expected: a gateway)");
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void silentGatewayIsATimeout() throws Exception {
        try (Connection connection = Connection.open(client, true, SHORT);
                Socket socket = server.accept()) {
            connection.send(bytes("abc"));
            assertThatThrownBy(connection::answer).isInstanceOf(SocketTimeoutException.class);
            assertThat(connection.isOpen()).isFalse();
            assertThat(socket.getInputStream().readAllBytes()).hasSize(3);
        }
    }

    @Test
    void gatewayThatTakesNothingIsATimeout() throws Exception {
        try (Connection connection = Connection.open(client, false, SHORT);
                Socket socket = server.accept()) {
            assertThatThrownBy(() -> connection.send(Unpooled.wrappedBuffer(new byte[64 << 20])))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void gatewayThatTakesBytesSlowlyIsNoTimeout() throws Exception {
        int length = 64 << 20;
        try (Connection connection = Connection.open(client, false, Duration.ofMillis(500));
                Socket socket = server.accept()) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> readSlowly(socket, length));
            long start = System.nanoTime();
            connection.send(Unpooled.wrappedBuffer(new byte[length]));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(length);
        }
    }

    /** Takes about two seconds. */
    private static int readSlowly(Socket socket, int length) {
        try {
            int read = 0;
            while (read < length) {
                read += socket.getInputStream().readNBytes(Math.min(length / 20, length - read)).length;
                CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS))
                        .join();
            }
            return read;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void outputEndsAfterTheLastBytesAndAnswersStillCome() throws Exception {
        Path file = Files.writeString(directory.resolve("recording"), "whole file");
        try (FileChannel content = FileChannel.open(file);
                Connection connection = Connection.open(client, true);
                Socket socket = server.accept()) {
            connection.writeLast(new ChunkedNioFile(content));
            assertThat(socket.getInputStream().readAllBytes())
                    .asString(US_ASCII)
                    .isEqualTo("whole file");
            answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void interruptEndsAWait() throws Exception {
        try (Connection connection = Connection.open(client, true)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(connection::answer)
                    .isInstanceOf(InterruptedIOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class)
                    .hasMessage("stopped");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void gatewayThatIsNotThereIsAnIOException() throws Exception {
        server.close();
        assertThatThrownBy(() -> Connection.open(client, true))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Connection refused");
        try (FrameClient unknown = new FrameClient(new HostPort("gateway.invalid", 80), 1, null)) {
            assertThatIOException()
                    .isThrownBy(() -> Connection.open(unknown, true))
                    .withMessage("unknown host: gateway.invalid");
        }
    }
}
