package io.framegate.faults;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories lose their write permission while the gateway runs, and get it back. */
@Tag("faults")
class UnwritableDirectoryIT {

    /** In a user namespace without a mapping, permissions count for root too. */
    private static final String[] WITHOUT_PRIVILEGES = {"unshare", "-U"};

    @TempDir
    private Path directory;

    private GatewayProcess gateway;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Process attempt = new ProcessBuilder("unshare", "-U", "true").start();
        boolean ended = attempt.waitFor(10, TimeUnit.SECONDS);
        assumeTrue(ended && attempt.exitValue() == 0, "needs user namespaces: unshare -U is not permitted here");
        gateway = new GatewayProcess(directory)
                .under(WITHOUT_PRIVILEGES)
                .with("framegate.store.retries", "0")
                .with("framegate.deliver.file.enabled", "true")
                .start();
    }

    @AfterEach
    void end() throws IOException {
        gateway.close();
        permit("images", "rwxr-xr-x");
        permit("outbox/file", "rwxr-xr-x");
    }

    private void permit(String name, String permissions) throws IOException {
        Files.setPosixFilePermissions(directory.resolve(name), PosixFilePermissions.fromString(permissions));
    }

    private String health() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.webPort() + "/observe/health");
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"images", "outbox/file"})
    void nothingIsAcceptedUntilItIsWritableAgain(String name) throws Exception {
        ImageFolder images = gateway.images();
        try (Camera camera = gateway.camera()) {
            eventually("up").until(() -> health().contains("\"status\":\"UP\""));
            permit(name, "r-xr-xr-x");
            eventually("down").untilAsserted(() -> assertThat(health())
                    .contains("images cannot be stored", directory.resolve(name).getFileName() + " is not writable"));
            assertThat(camera.post(CameraPacket.scene(1, 1000).xml()).status()).isEqualTo(503);
            permit(name, "rwxr-xr-x");
            CameraPacket packet = CameraPacket.scene(2, 1000);
            assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
            eventually("up again").until(() -> health().contains("\"status\":\"UP\""));
            assertThat(images.look().values()).containsExactlyElementsOf(packet.hashes());
            eventually("delivered")
                    .until(() ->
                            ImageFolder.files(directory.resolve("delivered")).size() == 1);
        }
    }
}
