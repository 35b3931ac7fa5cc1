package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Eventually;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import io.framegate.it.support.RawHttp;
import io.framegate.it.support.RawHttp.Answer;
import io.framegate.it.target.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who may look at the wall, what of this machine can be had by it, and what browsers are told. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
class AccessIT {

    private static final String CAMERA = "02_00_5E_20_00_01";
    private static final String PICTURE = "/live/" + CAMERA + "/latest.jpg";
    private static final String PASSWORD = "test-secret-web";
    private static final String TOKEN = "test-secret-token";
    private static final String BASIC =
            "Authorization: Basic " + Base64.getEncoder().encodeToString(("operator:" + PASSWORD).getBytes(UTF_8));
    private static final String BEARER = "Authorization: Bearer " + TOKEN;

    /** Everything there is, and something that is not. */
    private static final List<String> PATHS = List.of(
            "/",
            "/index.html",
            "/wall.js",
            "/wall.css",
            "/icon.svg",
            "/api/cameras",
            "/api/events",
            "/api/events?since=%zz",
            "/api/routes",
            "/api/stream",
            "/api/bans",
            "/api/openapi.yaml",
            "/routes",
            "/routes.js",
            PICTURE,
            "/live/" + CAMERA + "/thumb.jpg",
            "/live/" + CAMERA + "/crop.jpg",
            "/live/" + CAMERA + "/events/1/image.jpg",
            "/live/" + CAMERA + "/events/1/thumb.jpg",
            "/live/" + CAMERA + ".mjpeg",
            "/observe/health",
            "/observe/health/live",
            "/observe/health/ready",
            "/observe/info",
            "/observe/metrics",
            "/nothing",
            "/live/../" + CAMERA,
            "/%zz");

    @TempDir
    private Path directory = Path.of(".");

    /** Without a log-in, for the tests that change nothing. */
    private static GatewayProcess open;

    private GatewayProcess gateway;
    private final byte[] image = Pictures.jpeg();

    @BeforeAll
    static void openGateway(@TempDir Path directory) {
        open = new GatewayProcess(directory).start();
        sendImage(open, Pictures.jpeg());
    }

    @AfterAll
    static void endOpenGateway() {
        open.close();
    }

    @BeforeEach
    void prepare() {
        gateway = new GatewayProcess(directory.resolve("gateway"));
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private GatewayProcess withCredentials() {
        return gateway.with("framegate.web.user", "operator")
                .withVariable("framegate.web.password", PASSWORD)
                .withVariable("framegate.web.token", TOKEN);
    }

    private void sendImage() {
        sendImage(gateway, image);
    }

    private static void sendImage(GatewayProcess gateway, byte[] image) {
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(CameraPacket.scene(1, image).xml()).status()).isEqualTo(200);
        }
    }

    private RawHttp web(String... always) {
        return new RawHttp(gateway.webPort(), always);
    }

    @Test
    void withoutCredentialsThereIsNothingButARefusal() {
        withCredentials().start();
        sendImage();
        RawHttp web = web();
        List<String[]> strangers = List.of(
                new String[] {
                    "Authorization: Basic " + Base64.getEncoder().encodeToString("operator:wrong".getBytes(UTF_8))
                },
                new String[] {"Authorization: Basic " + Base64.getEncoder().encodeToString("root:".getBytes(UTF_8))},
                new String[] {"Authorization: Bearer " + TOKEN + "x"},
                new String[] {"Authorization: " + TOKEN},
                new String[] {"Authorization:", "X-Forwarded-For: 127.0.0.1", "Cookie: user=operator"});
        for (String[] stranger : strangers) {
            assertRefused(web.get("/", stranger), "/");
            assertRefused(web.get(PICTURE, stranger), PICTURE);
        }
        for (String path : PATHS) {
            assertRefused(web.get(path), path);
            for (String method : List.of("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND")) {
                assertRefused(web.ask(method, path, ""), method + " " + path);
            }
            assertRefused(web.ask("POST", path, "x=1"), "POST with a body " + path);
            assertRefused(web.ask("GET", path, "", "If-None-Match: *", "Range: bytes=0-100"), "conditional " + path);
        }
        assertRefused(web.ask("OPTIONS", "*", ""), "OPTIONS *");
        assertRefused(web.get("http://localhost" + PICTURE), "absolute /live/");
        assertRefused(web.send("GET " + PICTURE + " HTTP/1.0\r\n\r\n"), "HTTP/1.0 /live/");
        // Too long to be read at all.
        for (Answer tooLong : List.of(
                web.get(PICTURE, "X-Long: " + "a".repeat(20_000)),
                web.get(PICTURE + "?" + "a".repeat(20_000)),
                web.get(PICTURE, "Authorization: Basic " + "a".repeat(20_000)))) {
            assertThat(tooLong.status()).isIn(414, 431);
            assertHoldsNothing(tooLong, "too long");
        }
        assertThat(gateway.logLines("web request refused", "reason=\"wrong credentials\"", "peer=\"127.0.0.1:"))
                .isNotEmpty();
        Answer tooOften = web.get("/", BASIC);
        assertThat(tooOften.status()).as("after ten wrong ones").isEqualTo(429);
        assertHoldsNothing(tooOften, "/");
        assertToldBrowsers(tooOften, "/");
        assertThat(gateway.logLines("\tat ")).isEmpty();
        assertThat(gateway.log()).doesNotContain("test-secret");
    }

    private void assertRefused(Answer answer, String what) {
        assertThat(answer.status()).as(what).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate"))
                .as(what)
                .containsExactly("Basic realm=\"Framegate\", charset=\"UTF-8\"", "Bearer realm=\"Framegate\"");
        assertHoldsNothing(answer, what);
        assertToldBrowsers(answer, what);
    }

    /** Neither the picture nor anything else that the gateway knows. */
    private void assertHoldsNothing(Answer answer, String what) {
        assertThat(answer.body())
                .as(what)
                .hasSizeLessThan(200)
                .doesNotContain(new String(image, 0, 4, ISO_8859_1), CAMERA, "Framegate", "camel");
    }

    private static void assertToldBrowsers(Answer answer, String what) {
        assertThat(answer.header("Content-Security-Policy"))
                .as(what)
                .singleElement()
                .asString()
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "http:", "*");
        assertThat(answer.header("X-Content-Type-Options")).as(what).containsExactly("nosniff");
        assertThat(answer.header("X-Frame-Options")).as(what).containsExactly("DENY");
        assertThat(answer.header("Referrer-Policy")).as(what).containsExactly("no-referrer");
        assertThat(answer.header("Cross-Origin-Resource-Policy"))
                .as(what)
                .containsExactly(what.contains("/live/") ? "cross-origin" : "same-origin");
        assertThat(answer.header("Cache-Control")).as(what).hasSize(1);
        assertThat(answer.header("Access-Control-Allow-Origin")).as(what).isEmpty();
    }

    @Tag("faults")
    @Test
    void userOrTokenIsEnough() {
        withCredentials().start();
        sendImage();
        for (String login : List.of(BASIC, BEARER)) {
            RawHttp web = web(login);
            for (String path : List.of("/", "/wall.js", "/api/cameras", "/observe/health", "/observe/metrics")) {
                assertThat(web.get(path).status()).as(path).isEqualTo(200);
            }
            assertThat(web.get(PICTURE).body()).isEqualTo(new String(image, ISO_8859_1));
        }
        assertThat(gateway.logLines("web request refused")).isEmpty();
        assertThat(gateway.log()).doesNotContain("test-secret");
    }

    @Tag("faults")
    @Test
    void nobodyGetsAnythingWhileTheGatewayStarts() {
        withCredentials().launch();
        RawHttp web = web();
        Set<Integer> statuses = new TreeSet<>();
        Instant end = Instant.MAX;
        while (Instant.now().isBefore(end)) {
            for (String path : List.of("/observe/health", "/observe/metrics", "/")) {
                statuses.add(web.get(path).status());
            }
            if (end.equals(Instant.MAX) && !gateway.logLines("live wall").isEmpty()) {
                end = Instant.now().plusMillis(200);
            }
            assertThat(gateway.isAlive()).isTrue();
        }
        // 0: nothing listened.
        assertThat(statuses).containsExactly(0, 401);
    }

    @Test
    void everyAnswerTellsBrowsersWhatTheyMayDo() {
        RawHttp web = new RawHttp(open.webPort());
        for (String path : PATHS) {
            if (!path.endsWith(".mjpeg") && !path.endsWith("stream")) {
                assertToldBrowsers(web.get(path), path);
            }
            assertToldBrowsers(web.ask("HEAD", path, ""), path);
            assertToldBrowsers(web.ask("POST", path, ""), path);
        }
        assertToldBrowsers(web.ask("OPTIONS", "*", ""), "*");
        assertThat(web.get("/wall.js").header("Cache-Control").get(0)).contains("max-age=0");
        assertThat(web.get(PICTURE).header("Cache-Control")).containsExactly("no-cache");
        assertThat(web.get(PICTURE + "?v=1").header("Cache-Control").get(0)).contains("private", "immutable");
        assertThat(web.get("/observe/health").header("Cache-Control")).containsExactly("no-store");
        assertThat(open.logLines("\tat ")).isEmpty();
    }

    @Test
    void onlyQuestionsAreTaken() throws IOException {
        RawHttp web = new RawHttp(open.webPort());
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
            for (String path : List.of("/", "/api/events", PICTURE, "/observe/health")) {
                Answer answer = web.ask(method, path, "");
                assertThat(answer.status()).as(method + path).isEqualTo(405);
                assertThat(answer.header("Allow")).containsExactly("GET, HEAD");
            }
        }
        for (String path : List.of(
                "/",
                "/wall.js",
                "/api/cameras",
                "/api/stream",
                "/live/" + CAMERA + ".mjpeg",
                PICTURE,
                "/observe/health",
                "/observe/metrics")) {
            Answer head = web.ask("HEAD", path, "");
            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.body()).as(path).isEmpty();
        }
        assertThat(web.ask("GET", "/api/cameras", "x=1").status()).isEqualTo(413);
        // Nothing of a body is waited for.
        assertThat(web.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nabc")
                        .status())
                .isEqualTo(405);
        assertThat(web.send("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void noDirectoryCanBeWalked() throws IOException {
        Files.writeString(open.directory().resolve("images/secret.txt"), "secret");
        RawHttp web = new RawHttp(open.webPort());
        List<String> outside = new ArrayList<>();
        for (String up : List.of(
                "..", "%2e%2e", "%2E.", ".%2e", "..%2f..", "..%5c..", "..\\..", "%c0%ae%c0%ae", "..;", "%252e%252e")) {
            for (String file : List.of("application.properties", "images/secret.txt", "WallServer.class")) {
                for (String from : List.of("/", "/live/", "/live/" + CAMERA + "/")) {
                    outside.add(from + up + "/" + file);
                }
                outside.add("/" + up + "\\" + file);
                outside.add("/live/" + up + "%2f" + file + ".mjpeg");
            }
        }
        outside.addAll(List.of(
                "/live/",
                "/live",
                "/live/" + CAMERA,
                "/live/" + CAMERA + "/",
                "/live/" + CAMERA + "//",
                "/live//latest.jpg",
                "/live/%2e/latest.jpg",
                "/live/" + CAMERA + "%00/latest.jpg",
                "/live/%00.mjpeg",
                "/a%00b",
                "/wall.js%00",
                "/%0d%0aSet-Cookie:x",
                "/live/" + CAMERA + "/secret.txt",
                "/live/" + CAMERA + "/events/",
                "/live/" + CAMERA + "/events/../../../images/secret.txt",
                "/api",
                "/api/",
                "/observe",
                "/observe/",
                "/images/secret.txt",
                "/io/framegate/watch/wall/WallServer.class",
                "/META-INF/MANIFEST.MF",
                "//etc/passwd",
                "/etc/passwd",
                "/file:/etc/passwd"));
        for (String path : outside) {
            Answer answer = web.get(path);
            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.body()).as(path).doesNotContain("secret", "root:");
            assertThat(answer.header("Set-Cookie")).as(path).isEmpty();
        }
        assertThat(open.logLines("\tat ")).isEmpty();
    }

    @Test
    void pageFromElsewhereCannotAskInItsOwnName() {
        RawHttp web = new RawHttp(open.webPort());
        for (String host : List.of("evil.example", "evil.example:" + open.webPort(), "localhost.evil.example")) {
            for (String path : List.of("/", "/api/cameras", PICTURE, "/observe/metrics")) {
                Answer answer = web.get(path, "Host: " + host);
                assertThat(answer.status()).as(host).isEqualTo(403);
                assertThat(answer.body()).startsWith("Host: ").contains("(expected: localhost");
            }
        }
        for (String host : List.of("localhost", "127.0.0.1:" + open.webPort(), "[::1]:8088", "wall.localhost")) {
            assertThat(web.get("/api/cameras", "Host: " + host).status())
                    .as(host)
                    .isEqualTo(200);
        }
        assertThat(open.logLines("web request refused", "reason=\"wrong host\""))
                .isNotEmpty();
    }

    @Tag("faults")
    @Test
    void whoLogsInMayUseAnyName() {
        withCredentials().start();
        assertThat(web(BASIC).get("/api/cameras", "Host: wall.example").status())
                .isEqualTo(200);
        assertThat(gateway.log()).doesNotContain("visible to every client of the web port");
    }

    @Tag("faults")
    @Test
    void portThatIsOpenToOthersIsWarnedOfAndAnswersToAnyName() {
        gateway.with("framegate.web.host", "0.0.0.0").start();
        gateway.awaitLog(Eventually.SOON, "live wall", "address=\"http://0.0.0.0:" + gateway.webPort() + "/\"");
        gateway.awaitLog(Eventually.SOON, " WARN ", "all cameras are visible to every client of the web port");
        assertThat(web().get("/api/cameras", "Host: wall.example").status()).isEqualTo(200);
    }

    @Tag("faults")
    @Test
    void portWithACertificateSpeaksOnlyTlsAndRenewsIt() throws Exception {
        Certificate first = Certificate.in(directory.resolve("first"));
        Certificate second = Certificate.in(directory.resolve("second"));
        Path certificate = Files.copy(first.certificatePem(), directory.resolve("web.pem"));
        Path key = Files.copy(first.keyPem(), directory.resolve("web-key.pem"));
        withCredentials()
                .with("framegate.web.tls.certificate", certificate.toString())
                .with("framegate.web.tls.key", key.toString())
                .start();
        gateway.awaitLog(Eventually.SOON, "live wall", "address=\"https://127.0.0.1:" + gateway.webPort() + "/\"");
        assertThat(health(first).statusCode()).isEqualTo(200);
        assertThat(health(first).body()).contains("UP");
        assertThat(get("/observe/metrics", first).body())
                .contains("framegate_certificate_expiry_timestamp_seconds{port=\"framegate.web\"}");
        assertThat(web(BASIC).get("/observe/health").status()).isZero();
        assertThat(isTrusted(second)).isFalse();

        // The one is written before the other.
        replace(certificate, second.certificatePem());
        gateway.awaitLog(Eventually.SOON, " WARN ", "the old one stays", "framegate.web.tls.key");
        assertThat(health(first).statusCode()).isEqualTo(503);
        assertThat(health(first).body()).contains("framegate-certificates", "framegate.web.tls.key");
        replace(key, second.keyPem());
        gateway.awaitLog(Eventually.SOON, "certificate renewed");
        eventually("renewed").until(() -> isTrusted(second));
        assertThat(isTrusted(first)).isFalse();
    }

    private static void replace(Path file, Path by) throws IOException {
        Files.write(file, Files.readAllBytes(by));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofSeconds(1))));
    }

    private HttpResponse<String> health(Certificate trusted) throws IOException, InterruptedException {
        return get("/observe/health", trusted);
    }

    private HttpResponse<String> get(String path, Certificate trusted) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.clientContext()).build();
        URI uri = URI.create("https://127.0.0.1:" + gateway.webPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + TOKEN)
                        .build(),
                BodyHandlers.ofString());
    }

    private boolean isTrusted(Certificate certificate) throws IOException, InterruptedException {
        try {
            return health(certificate).statusCode() == 200;
        } catch (SSLHandshakeException e) {
            return false;
        }
    }

    @Tag("faults")
    @Test
    void serverForRoutesBesideItServesNothingOfIt() {
        int port = GatewayProcess.freePort();
        withCredentials()
                .with("camel.server.enabled", "true")
                .with("camel.server.host", "127.0.0.1")
                .with("camel.server.port", Integer.toString(port))
                .start();
        for (String path : PATHS) {
            assertThat(web().get(path).status()).as(path).isEqualTo(401);
            assertThat(new RawHttp(port).get(path).status()).as(path).isIn(400, 404);
        }
        assertThat(web(BEARER).get("/").status()).isEqualTo(200);
    }

    /** Or who looks would use up the files that cameras need: 1024 for a process are usual. */
    @Tag("faults")
    @Test
    void connectionsAboveTheLimitAreRefusedAndCamerasContinue() throws IOException {
        gateway.start();
        List<Socket> idle = new ArrayList<>();
        try {
            for (int number = 0; number < 400; number++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), gateway.webPort()));
            }
            gateway.awaitLog(Eventually.SOON, " WARN ", "web connection refused: too many", "open=\"300\"");
            sendImage();
            assertThat(gateway.logLines("web connection refused")).hasSizeLessThan(30);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
        Eventually.eventually("served again")
                .untilAsserted(
                        () -> assertThat(web().get("/api/cameras").status()).isEqualTo(200));
    }

    @Tag("faults")
    @Test
    void camelsOwnPropertiesOpenNoOtherDoor() {
        for (String property : List.of(
                "camel.management.port",
                "camel.management.host",
                "camel.management.authentication-enabled",
                "camel.management.use-global-ssl-context-parameters")) {
            try (GatewayProcess other = new GatewayProcess(directory.resolve(property))) {
                String value = property.endsWith("port")
                        ? Integer.toString(GatewayProcess.freePort())
                        : property.endsWith("host") ? "0.0.0.0" : "true";
                other.with(property, value).launch();
                assertThat(other.awaitEnd()).as(property).isEqualTo(78);
                assertThat(other.logLines("cannot start: " + property + ": " + value + " (expected: framegate.web."))
                        .as(property)
                        .hasSize(1);
            }
        }
    }
}
