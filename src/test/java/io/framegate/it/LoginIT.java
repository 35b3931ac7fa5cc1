package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framegate.it.support.Camera;
import io.framegate.it.support.Camera.HttpAnswer;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port with {@code framegate.http.user} stores only what comes with the user and the password. */
class LoginIT {

    private static final Path CURL = Path.of("/usr/bin/curl");
    private static final String PASSWORD = "canary-e5b1:0";

    @TempDir
    private static Path directory;

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() {
        gateway = new GatewayProcess(directory)
                .with("framegate.http.user", "camera")
                .with("framegate.http.password", PASSWORD)
                .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String authorization(String scheme, String password) {
        return "Authorization: " + scheme + " "
                + Base64.getEncoder().encodeToString(("camera:" + password).getBytes(UTF_8));
    }

    private static List<String> reports(Camera camera) {
        return gateway.logLines("rejected peer=\"" + camera.address() + "\"", "reason=\"unauthorized\"");
    }

    @Test
    void requestsNeedTheUserAndThePassword() {
        ImageFolder folder = gateway.images();
        CameraPacket packet = CameraPacket.scene(4, 1_000);
        try (Camera camera = gateway.camera()) {
            HttpAnswer without = camera.post(packet.xml());
            assertThat(without.status()).isEqualTo(401);
            assertThat(without.header("WWW-Authenticate")).startsWith("Basic realm=");
            HttpAnswer wrong = camera.send(Http.post("/a", packet.xml(), authorization("Basic", "canary-e5b1")))
                    .answer();
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(camera.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").answer().status())
                    .isEqualTo(401);
            folder.assertHolds(List.of());
            HttpAnswer right = camera.send(Http.post("/a", packet.xml(), authorization("Basic", PASSWORD)))
                    .answer();
            assertThat(right.status()).isEqualTo(200);
            folder.assertHolds(packet.hashes());
            assertThat(reports(camera)).isNotEmpty();
        }
        assertThat(ImageFolder.files(gateway.quarantine())).allSatisfy(file -> assertThat(file)
                .content(ISO_8859_1)
                .doesNotContain("canary-e5b1")
                .doesNotContain(authorization("Basic", PASSWORD).substring(21)));
        assertThat(gateway.log()).doesNotContain("canary-e5b1");
    }

    @Test
    void schemeMayBeInLowerCase() {
        CameraPacket packet = CameraPacket.scene(4, 1_000);
        try (Camera camera = gateway.camera()) {
            byte[] request = Http.post("/a", packet.xml(), authorization("basic", PASSWORD));
            assertThat(camera.send(request).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void formatsWithoutALoginAreRefused() {
        ImageFolder folder = gateway.images();
        try (Camera camera = gateway.camera()) {
            camera.send(CameraPacket.scene(4, 1_000).xml());
            eventually("report").until(() -> reports(camera).size() == 1);
        }
        folder.assertHolds(List.of());
    }

    @Test
    void curlLogsInByDigest() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(CURL), "curl is not installed");
        ImageFolder folder = gateway.images();
        CameraPacket packet = CameraPacket.scene(4, 200_000);
        Path body = Files.write(directory.resolve("packet.xml"), packet.xml());
        Process curl = new ProcessBuilder(
                        CURL.toString(),
                        "--silent",
                        "--digest",
                        "--user",
                        "camera:" + PASSWORD,
                        "--data-binary",
                        "@" + body,
                        "--write-out",
                        " %{http_code}",
                        "http://127.0.0.1:" + gateway.cameraPort() + "/alarm?a=1")
                .redirectErrorStream(true)
                .start();
        String said = new String(curl.getInputStream().readAllBytes(), UTF_8);
        assertThat(curl.waitFor()).as(said).isZero();
        assertThat(said).contains("<status>success</status>").endsWith(" 200");
        folder.assertHolds(packet.hashes());
    }
}
