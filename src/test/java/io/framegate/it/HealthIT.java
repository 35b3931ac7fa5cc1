package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.target.HttpTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is wrong makes the health DOWN, says why, and makes it UP again when it is over. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(90)
class HealthIT {

    private static final String SMALL_DISK = "mount -t tmpfs -o size=20m tmpfs images && exec \"$@\"";

    @TempDir
    private Path directory;

    private GatewayProcess gateway;
    private final HttpClient client = HttpClient.newHttpClient();

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

    private void awaitUp() {
        eventually("up").untilAsserted(() -> {
            assertThat(get("/observe/health").body()).contains("\"status\":\"UP\"");
            assertThat(get("/observe/health").statusCode()).isEqualTo(200);
        });
    }

    private void awaitDown(String check, String reason) {
        eventually(check + " down").untilAsserted(() -> {
            HttpResponse<String> health = get("/observe/health");
            assertThat(health.statusCode()).isEqualTo(503);
            JsonNode json = new ObjectMapper().readTree(health.body());
            assertThat(json.get("status").asText()).isEqualTo("DOWN");
            assertThat(json.toString()).contains(check).containsPattern(reason);
        });
    }

    /** What the wall's head shows. */
    private JsonNode status() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.webPort() + "/api/stream");
        try (Stream<String> lines = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines())
                .body()) {
            String data = lines.dropWhile(line -> !line.equals("event: status"))
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            return new ObjectMapper().readTree(data.substring("data: ".length()));
        }
    }

    private void send(int camera) {
        try (Camera one = gateway.camera()) {
            assertThat(one.post(CameraPacket.scene(camera, 1000).xml()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void directoriesThatAreRenamedAwayAreMadeAgain() throws Exception {
        gateway.with("framegate.deliver.file.enabled", "true")
                .with("framegate.thumbnail.enabled", "true")
                .start();
        awaitUp();
        List<String> names = List.of("images", "outbox", "quarantine", "thumbnails", "delivered");
        Path home = gateway.directory();
        storesDeliversAndKeepsTheReject(1);
        for (String name : names) {
            Files.move(home.resolve(name), home.resolve(name + ".old"));
        }
        gateway.awaitLog(Duration.ofMinutes(1), "images directory was gone and is made again");
        gateway.awaitLog(Duration.ofMinutes(1), "outbox was gone and is made again");
        storesDeliversAndKeepsTheReject(2);
        awaitUp();
    }

    /** One image and one reject, in directories that have no others. */
    private void storesDeliversAndKeepsTheReject(int number) {
        try (Camera bad = gateway.camera()) {
            bad.send("no packet at all".getBytes(StandardCharsets.US_ASCII)).finish();
        }
        send(number);
        String camera = "02_00_5E_20_00_0" + number;
        for (String name : List.of("images", "thumbnails", "delivered")) {
            String begin = name.equals("delivered") ? camera + "-" : "image_" + number + "_" + camera + "_";
            eventually("one file in " + name)
                    .untilAsserted(() ->
                            assertThat(files(name)).singleElement().asString().startsWith(begin));
        }
        eventually("a reject and its reason").untilAsserted(() -> {
            assertThat(files("quarantine")).hasSize(2);
            assertThat(get("/observe/metrics").body()).containsPattern("(?m)^framegate_quarantine_files 2");
        });
    }

    private List<String> files(String name) {
        return ImageFolder.files(gateway.directory().resolve(name)).stream()
                .filter(file -> !file.getParent().endsWith(".framegate"))
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Tag("faults")
    @Test
    void imagesDirectoryThatIsReplacedByAFile() throws Exception {
        gateway.with("framegate.store.retries", "0").start();
        awaitUp();
        Path images = gateway.directory().resolve("images");
        Files.move(images, gateway.directory().resolve("images.old"));
        Files.writeString(images, "in the way");
        awaitDown("framegate-storage", "images cannot be stored: .*images");
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(503);
        Files.delete(images);
        awaitUp();
        send(1);
    }

    @Tag("faults")
    @Test
    void routesThatAreRenamedAway() throws Exception {
        gateway.start();
        awaitUp();
        Path routes = gateway.directory().resolve("routes");
        Path file = routes.resolve("store.camel.yaml");
        Files.move(file, routes.resolve("store.away"));
        awaitDown("framegate-listeners", "no route reads from .*store-image");
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(503);
        Files.move(routes.resolve("store.away"), file);
        awaitUp();
        Files.move(routes, routes.resolveSibling("routes.old"));
        awaitDown("framegate-routes", "the next start would fail, .*: routes: not found");
        send(1);
        Files.move(routes.resolveSibling("routes.old"), routes);
        awaitUp();
        send(1);
    }

    @Tag("faults")
    @Test
    void fullDisk() throws Exception {
        Path images = Files.createDirectories(gateway.directory().resolve("images"));
        Process attempt = new ProcessBuilder("unshare", "-Urm", "sh", "-c", SMALL_DISK, "sh", "true")
                .directory(gateway.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = attempt.waitFor(10, TimeUnit.SECONDS);
        assumeTrue(ended && attempt.exitValue() == 0, "needs user namespaces: unshare -Urm is not permitted here");
        gateway.under("unshare", "-Urm", "sh", "-c", SMALL_DISK, "sh")
                .with("framegate.disk.min-free", "5MB")
                .start();
        awaitUp();
        Path filler = Path.of("/proc", Long.toString(gateway.pid()), "root" + images.toAbsolutePath(), "filler");
        Files.write(filler, new byte[18 << 20]);
        awaitDown(
                "framegate-disk",
                "disk nearly full: cameras wait until there is space on that of images, which has \\d+ bytes free and needs \\d+");
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
        Files.delete(filler);
        awaitUp();
    }

    @Tag("faults")
    @Test
    void targetThatIsStopped() throws Exception {
        try (HttpTarget target = new HttpTarget()) {
            target.start();
            target.properties().forEach(gateway::with);
            gateway.with("framegate.deliver.http.enabled", "true")
                    .with("framegate.deliver.retry-delay", "100ms")
                    .with("framegate.deliver.max-retry-delay", "200ms")
                    .start();
            send(1);
            eventually("delivered").until(() -> target.delivered().size() == 1);
            awaitUp();
            target.stop();
            send(2);
            awaitDown(
                    "framegate-target-http",
                    "http has been away for \\d+ s, 1 images and events wait for it: .*[Rr]efused");
            assertThat(status().at("/targets/0/state").asText()).isEqualTo("away");
            assertThat(get("/observe/health/ready").statusCode())
                    .as("cameras are served all the same")
                    .isEqualTo(200);
            target.start();
            awaitUp();
            assertThat(target.delivered()).hasSize(2);
            assertThat(status().at("/targets/0/state").asText()).isEqualTo("ok");
            assertThat(status().at("/accepted").asInt()).isEqualTo(2);
            assertThat(status().at("/connections").asInt()).isZero();
            assertThat(status().at("/quarantine/files").asInt()).isZero();
        }
    }

    @Tag("faults")
    @Test
    void silentCamera() throws Exception {
        gateway.with("framegate.web.silent-after", "2s").start();
        awaitUp();
        send(1);
        awaitDown("framegate-cameras", "silent for framegate.web.silent-after: 02_00_5E_20_00_01 since 20[0-9T:-]+Z");
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(200);
        send(1);
        awaitUp();
    }

    @Tag("faults")
    @Test
    void refusedRouteFile() throws Exception {
        gateway.start();
        awaitUp();
        assertThat(get("/observe/metrics").body()).containsPattern("(?m)^framegate_routes_refused 0");
        gateway.writeRoute("own.camel.yaml", "- route:\n    id: own\n    from:\n      uri: nowhere:own\n");
        awaitDown(
                "framegate-routes",
                "the next start would fail, the routes from before the edit keep running: own.camel.yaml, line 4: ");
        assertThat(get("/observe/health/ready").statusCode())
                .as("cameras are served")
                .isEqualTo(200);
        assertThat(get("/observe/metrics").body()).containsPattern("(?m)^framegate_routes_refused 1");
        send(1);
        Files.delete(gateway.routes().resolve("own.camel.yaml"));
        awaitUp();
        assertThat(get("/observe/metrics").body()).containsPattern("(?m)^framegate_routes_refused 0");
    }
}
