package io.framegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A gateway that is started where there is nothing, and what {@code check} says there. */
@Execution(ExecutionMode.CONCURRENT)
class EmptyDirectoryIT {

    @TempDir
    private Path directory;

    private GatewayProcess gateway;

    @BeforeEach
    void empty() throws IOException {
        gateway = new GatewayProcess(directory.resolve("gateway"));
        Files.delete(gateway.directory().resolve("application.properties"));
        try (Stream<Path> files = Files.list(gateway.routes())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(gateway.routes());
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void routesAndDefaultsInsideTheJarServeAndSecretFilesAreRead() throws IOException, InterruptedException {
        Path secret = Files.writeString(directory.resolve("password"), "s3cret-of-file\n");
        gateway.withVariable("framegate.web.user", "admin")
                .withVariable("framegate.web.password", "{{secret-file:" + secret + "}}")
                .start();
        ImageFolder images = gateway.images();
        CameraPacket packet = CameraPacket.scene(1, 1_000);
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
        }
        images.assertHolds(packet.hashes());
        assertThat(gateway.logLines("no application.properties and no routes here", "java -jar framegate.jar init"))
                .hasSize(1);
        String pages = get("/api/routes") + get("/observe/health");
        assertThat(pages).contains("store.camel.yaml").doesNotContain("s3cret");
        assertThat(gateway.log()).doesNotContain("s3cret");
        assertThat(gateway.routes()).doesNotExist();
    }

    private String get(String path) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString("admin:s3cret-of-file".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.webPort() + path))
                .header("Authorization", "Basic " + login)
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    @Tag("faults")
    @Test
    void checkSaysWhatServesAndGivenPlacesMustExist() throws IOException {
        gateway.withVariable("framegate.web.password", "{{secret-file:/no/such}}")
                .withVariable("framegate.web.user", "admin")
                .withArguments("check")
                .launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log()).startsWith("environment: framegate.web.password: secret-file /no/such: not found");
        gateway.withVariable("framegate.web.password", "x").launch();
        assertThat(gateway.awaitEnd()).isZero();
        assertThat(gateway.log())
                .contains("ok  application.properties: none, all defaults\n")
                .containsPattern("ok  framegate.jar!/io/framegate/routes: " + shipped() + " files, \\d+ routes");
        Files.createDirectory(gateway.routes());
        gateway.launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log()).startsWith("routes/*.camel.yaml: none in ");
        Files.delete(gateway.routes());
        gateway.withArguments("--config", "typo.properties").launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.log()).startsWith("typo.properties: not found in ");
    }

    private static long shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.count();
        }
    }
}
