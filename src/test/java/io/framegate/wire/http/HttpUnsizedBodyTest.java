package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.wire.Answer;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.PacketLimits;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that name no length: heartbeats, and pictures whose body must be neither lost nor read as a request. */
@Execution(ExecutionMode.CONCURRENT)
class HttpUnsizedBodyTest {

    private static final String XML = "<config><a>1</a></config>";
    private static final String JPEG = "\u00ff\u00d8\u00ff\u00da\0\2POST / HTTP/1.1\r\n\r\n\u00ff\u00d9";
    private static final String HEARTBEAT = "POST /SendKeepalive HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String WITH_LENGTH = "POST / HTTP/1.1\r\nContent-Length: " + XML.length() + "\r\n\r\n" + XML;

    private static CameraChannel camera() {
        return camera(null);
    }

    private static CameraChannel camera(@Nullable HttpOptions options) {
        return new CameraChannel(new HttpFormat(new PacketLimits(100_000, 10_000, 8), options));
    }

    private static String head(String version, String... lines) {
        String all = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
        return "POST /cam " + version + "\r\n" + all + "\r\n";
    }

    private static void wait(CameraChannel camera, long millis) {
        camera.channel().advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        camera.channel().runScheduledPendingTasks();
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type: image/jpeg, 1",
        "Content-Type: multipart/form-data; boundary=b, 1",
        "Content-Type: text/xml, 1",
        "Connection: close, 1",
        "X-None: 1, 1",
        "X-None: 1, 7",
        "Content-Type: IMAGE/png, 1000",
        "X-None: 1, 1000"
    })
    void http11BodyWithoutLengthIsRefused(String line, int piece) {
        for (String body : new String[] {JPEG, XML, "{}", "\r\n--b\r\n", "PO\u00ff", "plain"}) {
            byte[] request = (head("HTTP/1.1", line) + body + WITH_LENGTH).getBytes(ISO_8859_1);
            try (CameraChannel camera = camera().sendInPieces(request, piece)) {
                assertThat(camera.received()).as(camera.described().toString()).hasSize(1);
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.BAD_LENGTH);
                assertThat(camera.reject(0).closing()).isTrue();
                assertThat(camera.answer(new Answer(
                                        camera.reject(0).reason(),
                                        camera.reject(0).detail()))
                                .written())
                        .startsWith("HTTP/1.1 411")
                        .contains("content length: none (expected: Content-Length, or Transfer-Encoding: chunked)");
                assertThat(camera.isOpen()).isFalse();
                assertThat(camera.received()).hasSize(1);
            }
        }
    }

    @Test
    void headThatCallsTheBodyAPictureDoesNotWaitForIt() {
        try (CameraChannel camera = camera().send(head("HTTP/1.1", "Content-Type: image/jpeg"))) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.BAD_LENGTH);
        }
    }

    @Test
    void heartbeatIsAnsweredWhenNothingFollows() {
        try (CameraChannel camera = camera().send(HEARTBEAT)) {
            assertThat(camera.received()).isEmpty();
            assertThat(camera.progress().midFrame()).isTrue();
            wait(camera, 1100);
            assertThat(camera.packet(0).hasDocument()).isFalse();
            assertThat(camera.progress().midFrame()).isFalse();
            assertThat(camera.answer(Answer.ACCEPTED).written())
                    .startsWith("HTTP/1.1 200")
                    .contains("success");
            assertThat(camera.isOpen()).isTrue();
            camera.send(HEARTBEAT);
            wait(camera, 1100);
            assertThat(camera.received()).hasSize(2);
        }
    }

    @Test
    void heartbeatIsAnsweredWhenTheNextRequestBegins() {
        byte[] requests = (HEARTBEAT + "\r\n" + HEARTBEAT + WITH_LENGTH + HEARTBEAT + "G").getBytes(ISO_8859_1);
        for (int length : new int[] {requests.length, 7, 1}) {
            try (CameraChannel camera = camera().sendInPieces(requests, length)) {
                assertThat(camera.received()).hasSize(3);
                assertThat(camera.packet(1).hasDocument()).isFalse();
                assertThat(camera.packet(2).hasDocument()).isTrue();
                camera.send("ET / HTTP/1.1\r\n\r\n").answerAll();
                assertThat(camera.packet(3).hasDocument()).isFalse();
                assertThat(camera.written()).containsPattern("(?s)200 OK.*200 OK.*200 OK.*200 OK.*nothing to see");
            }
        }
    }

    @Test
    void heartbeatIsOneWhenTheConnectionEnds() {
        for (String version : new String[] {"HTTP/1.1", "HTTP/1.0"}) {
            try (CameraChannel camera = camera().send(head(version))) {
                camera.channel().close();
                assertThat(camera.received()).hasSize(1);
                assertThat(camera.packet(0).hasDocument()).isFalse();
            }
        }
    }

    @Test
    void bodyThatComesLateIsRefusedNotRead() {
        try (CameraChannel camera = camera().send(HEARTBEAT)) {
            wait(camera, 900);
            camera.send("\r\n");
            wait(camera, 50);
            camera.send(XML);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.BAD_LENGTH);
            assertThat(camera.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10_000})
    void http10BodyWithoutLengthGoesToTheEndOfTheConnection(int piece) {
        for (String line : new String[] {"Content-Type: image/jpeg", "X-None: 1", "Connection: close"}) {
            byte[] request = (head("HTTP/1.0", line) + JPEG).getBytes(ISO_8859_1);
            try (CameraChannel camera = camera().sendInPieces(request, piece)) {
                assertThat(camera.received()).isEmpty();
                assertThat(camera.progress().midFrame()).isTrue();
                assertThat(camera.progress().heldBytes()).isGreaterThanOrEqualTo(JPEG.length());
                camera.channel().close();
                assertThat(camera.received()).hasSize(1);
                assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(JPEG.getBytes(ISO_8859_1));
            }
        }
    }

    @Test
    void http10HeartbeatIsAnsweredWhenNothingFollows() {
        try (CameraChannel camera = camera().send(head("HTTP/1.0"))) {
            wait(camera, 1100);
            assertThat(camera.packet(0).hasDocument()).isFalse();
            assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith("HTTP/1.1 200");
            assertThat(camera.isOpen()).isFalse();
        }
    }

    @Test
    void http10PictureIsAwaitedHoweverLate() {
        try (CameraChannel camera = camera().send(head("HTTP/1.0", "Content-Type: image/jpeg"))) {
            wait(camera, 5000);
            assertThat(camera.received()).isEmpty();
            camera.send(JPEG).channel().close();
            assertThat(camera.packet(0).images()).hasSize(1);
        }
    }

    @Test
    void http10BodyOfAConnectionThatIsKeptIsRefused() {
        try (CameraChannel camera = camera().send(head("HTTP/1.0", "Connection: keep-alive") + JPEG)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.BAD_LENGTH);
        }
    }

    @Test
    void http10BodyOverTheLimitIsTooLong() {
        try (CameraChannel camera = camera().send(head("HTTP/1.0") + JPEG.substring(0, 6))) {
            for (int i = 0; i < 30; i++) {
                camera.send("x".repeat(10_000));
            }
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.progress().heldBytes()).isLessThan(64 << 10);
            camera.channel().close();
            assertThat(camera.received()).hasSize(1);
        }
    }

    @Test
    void wrongPasswordIsAnsweredWithoutTheLength() {
        HttpOptions login = HttpOptions.DEFAULT.withLogin(new HttpLogin("cam", "secret", () -> 0));
        String authorization = "Authorization: Basic Y2FtOndyb25n";
        try (CameraChannel camera = camera(login).send(head("HTTP/1.1", authorization) + XML)) {
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNAUTHORIZED);
            assertThat(camera.answer(new Answer(RejectReason.UNAUTHORIZED, "wrong"))
                            .written())
                    .startsWith("HTTP/1.1 401");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /?camera=lf HTTP/1.1\nContent-Length: 25\n\n",
                "\r\nPOST / HTTP/1.1\nHost: a\nContent-Length: 25\n\n",
                "POST / HTTP/1.1\r\nContent-Length: 25\r\nX: a\r\ncontent-length: 25\r\n\r\n",
                "POST / HTTP/1.1\nContent-Length: 25\nContent-Length: 25\nContent-Length: 25\n\n"
            })
    void headThatOtherServersTakeIsRead(String head) {
        byte[] request = (head + XML).repeat(2).getBytes(ISO_8859_1);
        for (int length : new int[] {request.length, 1, 7}) {
            try (CameraChannel camera = camera().sendInPieces(request, length)) {
                assertThat(camera.received()).as(camera.described().toString()).hasSize(2);
                assertThat(camera.packet(1).hasDocument()).isTrue();
                assertThat(camera.answerAll().written()).containsPattern("(?s)200 OK.*200 OK");
            }
        }
    }

    @Test
    void chunkedBodyAfterAHeadOfBareLineFeedsHasStrictChunks() {
        String head = "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n";
        try (CameraChannel camera = camera().send((head + "19\r\n" + XML + "\r\n0\r\n\r\n").repeat(2))) {
            assertThat(camera.packet(0).hasDocument()).isTrue();
            assertThat(camera.packet(1).hasDocument()).isTrue();
        }
    }
}
