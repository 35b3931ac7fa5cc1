package io.framegate.watch.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords cannot be guessed at the web port. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WrongPasswordsTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final WrongPasswords wrong = new WrongPasswords(nanos::get);

    private void add(String host, int number) {
        for (int i = 0; i < number; i++) {
            wrong.add(host);
        }
    }

    @Test
    void addressHasTenAttemptsAMinute() {
        add("192.0.2.7", 9);
        assertThat(wrong.secondsToWait("192.0.2.7")).isZero();
        nanos.addAndGet(Duration.ofSeconds(40).toNanos());
        add("192.0.2.7", 1);
        assertThat(wrong.secondsToWait("192.0.2.7")).isBetween(20L, 21L);
        assertThat(wrong.secondsToWait("192.0.2.8")).isZero();
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(wrong.secondsToWait("192.0.2.7")).isZero();
        add("192.0.2.7", 10);
        assertThat(wrong.secondsToWait("192.0.2.7")).isBetween(60L, 61L);
    }

    @Test
    void addressesOfOneMachineShareTheirAttempts() {
        add("2001:db8:0:1::1", 5);
        add("2001:db8:0:1:a:b:c:d", 5);
        assertThat(wrong.secondsToWait("2001:db8:0:1::7")).isPositive();
        assertThat(wrong.secondsToWait("2001:db8:0:2::7")).isZero();
    }

    private static int get(int port, String from, String password) throws IOException {
        InetAddress local = InetAddress.getByName(from);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, local, 0)) {
            String login = password.isEmpty()
                    ? ""
                    : "Authorization: Basic "
                            + Base64.getEncoder().encodeToString(("operator:" + password).getBytes(UTF_8)) + "\r\n";
            socket.getOutputStream()
                    .write(("GET /api/cameras HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + login + "\r\n")
                            .getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer.contains("retry-after: ") || answer.contains("Retry-After: "))
                    .isEqualTo(answer.startsWith("HTTP/1.1 429"));
            return Integer.parseInt(answer.substring(9, 12), 10);
        }
    }

    @Test
    void whoGuessesWaitsAndOthersDoNot() throws IOException {
        Vertx vertx = Vertx.vertx();
        WebAccess access = new WebAccess("127.0.0.1", 0, new WebLogin("operator", "secret", ""), null);
        try {
            int port = vertx.createHttpServer()
                    .requestHandler(access.gate(request -> request.response().end("cameras")))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .actualPort();
            for (int guess = 0; guess < 10; guess++) {
                assertThat(get(port, "127.0.0.2", "guess" + guess)).isEqualTo(401);
            }
            assertThat(get(port, "127.0.0.2", "guess")).isEqualTo(429);
            assertThat(get(port, "127.0.0.2", "secret"))
                    .as("says nothing of the password")
                    .isEqualTo(429);
            assertThat(get(port, "127.0.0.2", "")).isEqualTo(401);
            assertThat(get(port, "127.0.0.1", "secret")).isEqualTo(200);
            for (int request = 0; request < 12; request++) {
                assertThat(get(port, "127.0.0.3", "")).isEqualTo(401);
            }
            assertThat(get(port, "127.0.0.3", "secret"))
                    .as("was not told a wrong one")
                    .isEqualTo(200);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
