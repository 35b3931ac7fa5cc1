package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The picture of the routes as a browser and a script see it. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class RoutesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String STEPS = "      steps:\n";

    @TempDir
    private Path directory;

    private GatewayProcess gateway;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

    @BeforeEach
    void gateway() {
        gateway = new GatewayProcess(directory.resolve("gateway"));
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.webPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private JsonNode route(String id) throws IOException, InterruptedException {
        for (JsonNode route : JSON.readTree(get("/api/routes").body()).path("routes")) {
            if (route.path("id").asText().equals(id)) {
                return route;
            }
        }
        throw new AssertionError("no route " + id);
    }

    /** The first step with this text, wherever it is in the route. */
    private static JsonNode step(JsonNode node, String text) {
        for (JsonNode step : node.findParents("kind")) {
            if (step.path("text").asText().equals(text)) {
                return step;
            }
        }
        throw new AssertionError("no step " + text);
    }

    /** The first step that leads to this route, wherever it is in the other. */
    private static JsonNode stepTo(JsonNode node, String route) {
        for (JsonNode step : node.findParents("leadsTo")) {
            if (step.path("leadsTo").path(0).asText().equals(route)) {
                return step;
            }
        }
        throw new AssertionError("no step to " + route);
    }

    private int total(String id) throws IOException, InterruptedException {
        return route(id).path("total").asInt();
    }

    private void send(String packet) {
        try (Camera camera = gateway.camera()) {
            camera.post(packet.getBytes(UTF_8));
        }
    }

    @Test
    void stepsCountAPacketAndQuarantineOneThatIsRejected() throws Exception {
        gateway.with("framegate.deliver.file.enabled", "true").start();
        assertThat(route("store-image").at("/steps/0/total").asInt(-1)).isZero();
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(CameraPacket.scene(1, 3_000).xml()).status()).isEqualTo(200);
        }
        assertThat(total("receive-packet")).isEqualTo(1);
        assertThat(route("store-image").at("/steps/0/total").asInt()).isEqualTo(1);
        JsonNode claims = stepTo(route("write-image"), "deliver-to-file");
        assertThat(claims.path("total").asInt()).isEqualTo(1);
        assertThat(claims.path("through").asText()).isEqualTo("outbox");
        eventually("delivered")
                .untilAsserted(() -> assertThat(total("deliver-to-file")).isEqualTo(1));
        assertThat(route("receive-cameras").path("address").asText()).endsWith(":" + gateway.cameraPort());
        assertThat(total("quarantine")).isZero();

        send("<config><mac>02:00:5E:20:00:01</mac><sourceBase64Data>bm90IGFuIGltYWdl</sourceBase64Data></config>");
        eventually("quarantined")
                .untilAsserted(() -> assertThat(total("quarantine")).isEqualTo(1));
        assertThat(total("store-image")).isEqualTo(1);
    }

    @Tag("faults")
    @Test
    void pictureIsTheNewOneAfterAReload() throws Exception {
        gateway.start();
        String seen = "seen ${header.FramegateCameraName}";
        assertThat(route("store-image").findValuesAsText("text")).isNotEmpty().doesNotContain(seen);
        gateway.editRoute("store.camel.yaml", STEPS, STEPS + "        - log:\n            message: \"" + seen + "\"\n");
        eventually("the new step")
                .untilAsserted(() -> assertThat(route("store-image").findValuesAsText("text"))
                        .contains(seen));
        try (Camera camera = gateway.camera()) {
            camera.post(CameraPacket.scene(1, 3_000).xml());
        }
        assertThat(step(route("store-image"), seen).path("total").asInt()).isEqualTo(1);
        assertThat(JSON.readTree(get("/api/routes").body()).path("errors").findValuesAsText("retries"))
                .contains("as long as storeRetries says");
    }

    private JsonNode refused() throws IOException, InterruptedException {
        return JSON.readTree(get("/api/routes").body()).path("refused");
    }

    @Tag("faults")
    @Test
    void refusedEditIsShownUntilTheFileIsMendedOrDeleted() throws Exception {
        gateway.start();
        assertThat(refused().isMissingNode()).isTrue();
        gateway.writeRoute("one.camel.yaml", "- beans:\n    - name: one\n      type: io.framegate.route.Gone\n");
        gateway.writeRoute("two.camel.yaml", "- beans: [\n");
        eventually("both").untilAsserted(() -> {
            assertThat(refused().findValuesAsText("file")).containsExactly("one.camel.yaml", "two.camel.yaml");
            assertThat(refused().path(0).path("line").asInt()).isEqualTo(3);
            assertThat(refused().path(0).path("reason").asText())
                    .startsWith(
                            "class io.framegate.route.Gone: not found (expected: a class on the class path; replace ");
        });
        gateway.writeRoute("one.camel.yaml", "- beans:\n    - name: one\n      type: java.util.ArrayList\n");
        Files.delete(gateway.routes().resolve("two.camel.yaml"));
        eventually("none")
                .untilAsserted(() -> assertThat(refused().isMissingNode()).isTrue());
    }

    @Tag("faults")
    @Test
    void reasonOfARefusalHasNoSecret() throws Exception {
        gateway.withVariable("framegate.deliver.ftp.password", "test-secret-1").start();
        String password = "{{framegate.deliver.ftp.password}}";
        gateway.writeRoute(
                "one.camel.yaml",
                "- route:\n    id: one\n    from:\n      uri: timer:one\n      steps:\n        - to:\n"
                        + "            uri: ftp:127.0.0.1/x\n            parameters:\n              passwrd: RAW("
                        + password
                        + ")\n");
        String bean = "- beans:\n    - name: other\n      type: io.framegate.outbox.deliver.S3Connection\n"
                + "      properties:\n        ";
        gateway.writeRoute("two.camel.yaml", bean + "secretKy: \"" + password + "\"\n");
        gateway.writeRoute("three.camel.yaml", bean + "secretKey: \"#valueAs(java.lang.Integer):" + password + "\"\n");
        eventually("all").untilAsserted(() -> assertThat(refused()).hasSize(3));
        assertThat(get("/api/routes").body() + get("/observe/health").body() + gateway.log())
                .contains("passwrd")
                .doesNotContain("test-secret");
    }

    @Test
    void noPasswordIsInThePicture() throws Exception {
        gateway.with("framegate.deliver.ftp.enabled", "true")
                .with("framegate.deliver.http.enabled", "true")
                .with("framegate.deliver.http.user", "operator")
                .with("framegate.deliver.s3.enabled", "true")
                .with("framegate.deliver.s3.endpoint", "http://127.0.0.1:9")
                .with("framegate.deliver.s3.access-key", "key")
                .with("framegate.deliver.mqtt.enabled", "true")
                .with("framegate.deliver.mqtt.user", "operator")
                .withVariable("framegate.deliver.ftp.password", "test-secret-1")
                .withVariable("framegate.deliver.http.password", "test-secret-2")
                .withVariable("framegate.deliver.s3.secret-key", "test-secret-3")
                .withVariable("framegate.deliver.mqtt.password", "test-secret-4")
                .start();
        try (Camera camera = gateway.camera()) {
            camera.post(CameraPacket.scene(1, 3_000).xml());
        }
        List<String> seen = new ArrayList<>();
        for (String target : List.of("ftp", "http", "s3", "mqtt")) {
            seen.add(route("deliver-to-" + target).path("from").asText());
        }
        assertThat(seen).allMatch(from -> from.startsWith("outbox:"));
        eventually("a failed delivery")
                .untilAsserted(() -> assertThat(route("deliver-to-ftp").findValuesAsText("failed"))
                        .anyMatch(failed -> !failed.equals("0")));
        assertThat(get("/api/routes").body()).doesNotContain("test-secret");
    }

    @Tag("faults")
    @Test
    void pageIsServedWithAndWithoutASlash() throws Exception {
        gateway.start();
        for (String path : List.of("/routes", "/routes/", "/routes?x=1")) {
            HttpResponse<String> page = get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.uri().getPath()).isEqualTo("/routes");
            assertThat(page.headers().firstValue("Content-Type").orElse("")).contains("text/html");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
            assertThat(page.body())
                    .contains("routes.js", "base.css")
                    .doesNotContain("http://", "https://", " style=", " onclick=");
        }
        for (String file : List.of("/routes.js", "/cards.js", "/routes.css", "/base.css")) {
            assertThat(get(file).statusCode()).as(file).isEqualTo(200);
        }
        assertThat(get("/").body()).contains("href=\"routes\"");
        assertThat(get("/routes/other").statusCode()).isEqualTo(404);
    }

    @Tag("faults")
    @Test
    void pictureAsksForTheUserIfThereIsOne() throws Exception {
        gateway.with("framegate.web.user", "operator")
                .withVariable("framegate.web.password", "test-secret-web")
                .start();
        for (String path : List.of("/routes", "/routes.html", "/api/routes")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
        }
    }
}
