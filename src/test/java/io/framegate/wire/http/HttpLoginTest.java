package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.wire.Answer;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.PacketLimits;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener with a user and a password asks of requests. */
class HttpLoginTest {

    private static final String XML = "<config><a>1</a></config>";
    private static final String BASIC = "Authorization: Basic Y2FtOnNlY3JldA==";
    private static final int MAX_LENGTH = 100_000;

    private final AtomicLong nanos = new AtomicLong(-5);
    private final HttpFormat format = new HttpFormat(
            new PacketLimits(MAX_LENGTH, 10_000, 8),
            HttpOptions.DEFAULT.withLogin(new HttpLogin("cam", "secret", nanos::get)));

    private CameraChannel camera() {
        return new CameraChannel(format);
    }

    private static String post(String... headers) {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "POST /API HTTP/1.1\r\n" + lines + "Content-Length: " + XML.length() + "\r\n\r\n" + XML;
    }

    /** The nonce of a challenge, in the hands of a client that knows the password. */
    private Digest challenged(String algorithm) {
        try (CameraChannel camera = camera().send(post())) {
            return Digest.of(camera.written(), algorithm, "secret");
        }
    }

    private void assertLetIn(String header) {
        try (CameraChannel camera = camera().send(post(header))) {
            assertThat(new String(camera.packet(0).document(), ISO_8859_1)).isEqualTo(XML);
            assertThat(camera.answerAll().written()).startsWith("HTTP/1.1 200");
        }
    }

    /** Answered 401 without a reject: the client can log in, and nothing is counted against it. */
    private String assertChallenged(String header) {
        try (CameraChannel camera = camera().send(post(header))) {
            assertThat(camera.received()).isEmpty();
            String written = camera.written();
            assertThat(written).startsWith("HTTP/1.1 401").doesNotContain("secret");
            assertThat(camera.isOpen()).isTrue();
            camera.send(post(BASIC));
            assertThat(camera.received()).hasSize(1);
            return written;
        }
    }

    private void assertRejected(String header) {
        try (CameraChannel camera = camera().send(post(header))) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNAUTHORIZED);
            Answer answer =
                    new Answer(RejectReason.UNAUTHORIZED, camera.reject(0).detail());
            assertThat(camera.answer(answer).written())
                    .startsWith("HTTP/1.1 401")
                    .contains("www-authenticate: Basic realm=\"framegate\"")
                    .contains("www-authenticate: Digest realm=\"framegate\"")
                    .doesNotContain("stale")
                    .doesNotContain("secret");
            assertThat(camera.isOpen()).isTrue();
            camera.send(post(BASIC));
            assertThat(new String(camera.packet(1).document(), ISO_8859_1)).isEqualTo(XML);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic Y2FtOnNlY3JldA==", "basic Y2FtOnNlY3JldA==", "BASIC   Y2FtOnNlY3JldA== "})
    void rightBasicPasswordIsLetIn(String authorization) {
        assertLetIn("Authorization: " + authorization);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic Y2FtOndyb25n",
                "Basic",
                "Bearer secret",
                "Bearer Y2FtOnNlY3JldA==",
                "BasicY2FtOnNlY3JldA==",
                "Digest nonce=\"abc\"",
                "Digest nonce=\"abc\", nonce=\"abc\"",
                "Digest nonce=\"abc",
                "Digest username",
                "Digest =, ,="
            })
    void wrongPasswordIsRejected(String authorization) {
        assertRejected("Authorization: " + authorization);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-None: 1",
                "Authorization:",
                "Authorization: Digest",
                "Authorization: Digest username=\"admin\",realm=\"\",nonce=\"\",uri=\"/API\",qop=\"\",nc=\"\",cnonce=\"\","
                        + "response=\"0\""
            })
    void requestThatSaysNothingAboutThePasswordIsToldHowToLogIn(String header) {
        assertThat(assertChallenged(header)).doesNotContain("stale");
    }

    @Test
    void bothSchemesAreOfferedAndDigestFirst() {
        assertThat(assertChallenged("X-None: 1").lines().filter(line -> line.startsWith("www-authenticate")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("Digest").contains("algorithm=MD5,"),
                        line -> assertThat(line).contains("Digest").contains("algorithm=SHA-256,"),
                        line -> assertThat(line).contains("Basic"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-256"})
    void digestClientLogsInOnTheSameConnection(String algorithm) {
        for (int length : new int[] {10_000, 7, 1}) {
            try (CameraChannel camera = camera()) {
                camera.sendInPieces(post().getBytes(ISO_8859_1), length);
                assertThat(camera.received()).isEmpty();
                Digest digest = Digest.of(camera.written(), algorithm, "secret");
                for (int count = 1; count < 4; count++) {
                    String request = post(digest.withCount(count).header());
                    camera.sendInPieces(request.getBytes(ISO_8859_1), length);
                    assertThat(new String(camera.packet(count - 1).document(), ISO_8859_1))
                            .isEqualTo(XML);
                    assertThat(camera.answer(Answer.ACCEPTED).written()).startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    @Test
    void formsThatClientsWriteAreRead() {
        assertLetIn(challenged("MD5").header().replace(", algorithm=MD5", ""));
        assertLetIn(challenged("MD5").header().replace("qop=auth", "qop=\"auth\""));
        assertLetIn(challenged("MD5").header().replace("Digest", "DIGEST").replace(", ", ","));
        assertLetIn(challenged("MD5").header().replace("algorithm=MD5", "algorithm=\"md5\""));
        assertLetIn(challenged("MD5").header().replace("username=\"cam\"", "username=\"c\\am\""));
    }

    @Test
    void recorderMayWriteTheWholeAddress() {
        Digest digest = challenged("MD5");
        try (CameraChannel camera = camera()) {
            camera.send(post(digest.header()).replace("POST /API", "POST http://192.0.2.1:18000/API"));
            assertThat(camera.received()).hasSize(1);
            String whole = "http://192.0.2.1:18000/API";
            camera.send(post(digest.withUri(whole).withCount(2).header()).replace("POST /API", "POST " + whole));
            assertThat(camera.packet(1)).isNotNull();
        }
    }

    @Test
    void wrongDigestIsRejected() {
        Digest digest = challenged("MD5");
        assertRejected(new Digest("MD5", "cam", "wrong", "/API", digest.nonce(), 1).header());
        assertRejected(digest.withUser("cm").header());
        assertRejected(digest.withUri("/other").header());
        assertRejected(digest.withUri("/API?a=1").header());
        assertRejected(digest.header().replace("qop=auth", "qop=auth-int"));
        assertRejected(digest.header().replace("qop=auth, ", ""));
        assertRejected(digest.header().replace("nc=00000001", "nc=1"));
        assertRejected(digest.header().replace("nc=00000001", "nc=0000000g"));
        assertRejected(digest.header().replace("algorithm=MD5", "algorithm=SHA-256"));
        assertRejected(digest.header().replace("algorithm=MD5", "algorithm=MD5-sess"));
        assertRejected(digest.header().replace("cnonce=\"0a4f113b\"", "cnonce=\"\""));
        assertRejected(digest.header().replaceAll("response=\"....", "response=\"0000"));
        assertLetIn(digest.header());
    }

    @Test
    void requestThatIsSentAgainByAnotherIsNotLetIn() {
        Digest digest = challenged("SHA-256");
        assertLetIn(digest.header());
        String answer = assertChallenged(digest.header());
        assertThat(answer).contains("stale=true").doesNotContain(digest.nonce());
        assertLetIn(digest.withCount(2).header());
    }

    @Test
    void requestsMayOvertakeEachOtherByAFew() {
        Digest digest = challenged("MD5");
        assertLetIn(digest.withCount(70).header());
        assertLetIn(digest.withCount(69).header());
        assertLetIn(digest.withCount(7).header());
        assertLetIn(digest.withCount(71).header());
        for (int count : List.of(70, 69, 7, 6, 71, 0)) {
            assertThat(assertChallenged(digest.withCount(count).header())).contains("stale=true");
        }
        assertLetIn(digest.withCount(-1).header());
        assertThat(assertChallenged(digest.withCount(72).header())).contains("stale=true");
    }

    @Test
    void nonceServesForFiveMinutes() {
        Digest digest = challenged("MD5");
        nanos.addAndGet(DigestNonces.LIFETIME_NANOS);
        assertLetIn(digest.header());
        nanos.incrementAndGet();
        String answer = assertChallenged(digest.withCount(2).header());
        assertThat(answer).contains("stale=true");
        assertLetIn(Digest.of(answer, "MD5", "secret").header());
    }

    @Test
    void nonceOfAnotherGatewayIsStaleForWhoKnowsThePassword() {
        Digest digest = challenged("MD5");
        for (String foreign : List.of(
                "abc",
                "a*b",
                digest.nonce() + "A",
                "A".repeat(43),
                digest.nonce().substring(1))) {
            assertThat(assertChallenged(digest.withNonce(foreign).header())).contains("stale=true");
            assertRejected(new Digest("MD5", "cam", "wrong", "/API", foreign, 1).header());
        }
    }

    @Test
    void tableOfNoncesIsBoundedAndWhatItForgetsServesNoMore() {
        DigestNonces nonces = new DigestNonces(nanos::get);
        String unused = nonces.next();
        String first = nonces.next();
        assertThat(nonces.use(first, 1)).isTrue();
        for (int number = 1; number < DigestNonces.MAX_USED; number++) {
            assertThat(nonces.use(nonces.next(), 1)).isTrue();
        }
        assertThat(nonces.use(first, 2)).isTrue();
        assertThat(nonces.use(nonces.next(), 1)).isTrue();
        assertThat(nonces.use(first, 3)).isFalse();
        assertThat(nonces.use(first, 1)).isFalse();
        assertThat(nonces.use(unused, 1)).isFalse();
        assertThat(nonces.use(nonces.next(), 1)).isTrue();
    }

    @Test
    void clientThatHoldsItsBodyBackIsAnsweredAtOnce() {
        String request = post("Expect: 100-continue");
        String head = request.substring(0, request.length() - XML.length());
        try (CameraChannel camera = camera().send(head)) {
            assertThat(camera.written()).startsWith("HTTP/1.1 401").containsIgnoringCase("connection: close");
            assertThat(camera.received()).isEmpty();
            assertThat(camera.isOpen()).isFalse();
        }
        try (CameraChannel camera = camera().send(head.replace("Expect", BASIC + "\r\nExpect"))) {
            assertThat(camera.written()).startsWith("HTTP/1.1 100 Continue");
            assertThat(camera.send(XML).packet(0)).isNotNull();
        }
    }

    @Test
    void bodyOfARefusedRequestIsDroppedWithinTheLimitOfAPacket() {
        String large = "POST /API HTTP/1.1\r\nContent-Length: " + (MAX_LENGTH + 1) + "\r\n\r\n";
        try (CameraChannel camera = camera().send(large)) {
            assertThat(camera.written()).startsWith("HTTP/1.1 401").containsIgnoringCase("connection: close");
            assertThat(camera.isOpen()).isFalse();
        }
        String chunk = "4e20\r\n" + "a".repeat(20_000) + "\r\n";
        try (CameraChannel camera = camera().send("POST /API HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            for (int number = 0; number < 5; number++) {
                camera.send(chunk);
                assertThat(camera.progress().heldBytes()).isLessThan(30_000);
            }
            assertThat(camera.written()).isEmpty();
            camera.send(chunk);
            assertThat(camera.written()).startsWith("HTTP/1.1 401").containsIgnoringCase("connection: close");
            assertThat(camera.isOpen()).isFalse();
            assertThat(camera.received()).isEmpty();
        }
    }

    @Test
    void refusedBodyOfAPeerThatStopsIsGivenUp() {
        try (CameraChannel camera = camera().send("POST /API HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc")) {
            assertThat(camera.progress().midFrame()).isTrue();
            camera.progress().giveUp(RejectReason.DEADLINE_EXCEEDED, "not complete in time");
            assertThat(camera.written()).startsWith("HTTP/1.1 401");
            assertThat(camera.received()).isEmpty();
        }
    }

    @Test
    void addressThatNeverLogsInIsRejectedAfterAWhile() {
        for (int request = 0; request < HttpLogin.MAX_UNANSWERED; request++) {
            try (CameraChannel camera = camera().send(post())) {
                assertThat(camera.received()).isEmpty();
                assertThat(camera.written()).startsWith("HTTP/1.1 401");
            }
        }
        for (int request = 0; request < 3; request++) {
            try (CameraChannel camera = camera().send(post())) {
                assertThat(camera.reject(0).detail()).startsWith("user and password missing after 16 answers 401");
                Answer answer =
                        new Answer(RejectReason.UNAUTHORIZED, camera.reject(0).detail());
                Digest digest = Digest.of(camera.answer(answer).written(), "MD5", "secret");
                if (request == 2) {
                    assertLetIn(digest.header());
                }
            }
        }
        assertChallenged("X-None: 1");
    }

    @Test
    void clientThatAsksBeforeEachRequestIsNeverRejected() {
        for (int request = 0; request < 100; request++) {
            assertLetIn(challenged("MD5").header());
        }
    }

    @Test
    void pageIsShownToWhoLogsIn() {
        try (CameraChannel camera = camera().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(camera.written()).startsWith("HTTP/1.1 401");
            camera.send("GET / HTTP/1.1\r\nHost: a\r\n" + BASIC + "\r\n\r\n");
            assertThat(camera.written()).startsWith("HTTP/1.1 200").contains("Framegate");
        }
    }
}
