package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.framegate.event.Packet;
import io.framegate.image.Pictures;
import io.framegate.intake.FramegateHeaders;
import io.framegate.receive.NotStoredException;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;

/** The recipes of {@code src/docs/routes.md}, as they are written there. */
@Timeout(60)
@Isolated
class RouteRecipesTest {

    private static final byte[] PHOTO = Pictures.encoded(Pictures.photo(64, 48), "jpeg");
    private static final String STORED = "image_1_02_00_5E_10_00_01_20260329_095821.jpg";
    private static final String WRITE_IMAGE = "        - to:\n            uri: direct:write-image\n";
    private static final String END_OF_STORE_IMAGE = "\n# The one step that";

    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    @TempDir
    private Path directory = Path.of(".");

    private Path routeFiles = Path.of(".");
    private int port;

    @BeforeEach
    void copyRoutes() throws IOException {
        routeFiles = Files.createDirectory(directory.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, routeFiles.resolve(file.getFileName()));
            }
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void end() {
        ended.countDown();
    }

    /** The first block of code in this language after the heading of a recipe. */
    private String block(String recipe, String language) throws IOException {
        String document = Files.readString(Path.of("src/docs/routes.md"));
        String from = document.substring(document.indexOf("## Recipe: " + recipe));
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(from);
        assertThat(block.find()).isTrue();
        return block.group(1)
                .replace("127.0.0.1:9000", "127.0.0.1:" + port)
                .replace("store:", "store:" + directory + "/");
    }

    /** Saves a recipe as a file and calls it by the step of the document, at the end of {@code store-image}. */
    private void save(String recipe, String route) throws IOException {
        Files.writeString(routeFiles.resolve(route + ".camel.yaml"), block(recipe, "yaml"));
        String document = Files.readString(Path.of("src/docs/routes.md"));
        Matcher step = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(document);
        assertThat(step.find()).isTrue();
        edit(END_OF_STORE_IMAGE, step.group(1).replace("call-webhook", route) + END_OF_STORE_IMAGE);
    }

    private void edit(String target, String replacement) throws IOException {
        Path file = routeFiles.resolve("store.camel.yaml");
        String content = Files.readString(file);
        assertThat(content).containsOnlyOnce(target);
        Files.writeString(file, content.replace(target, replacement));
    }

    private RunningRoutes start() {
        return RunningRoutes.of(routeFiles, directory, Map.of());
    }

    private RunningRoutes startWith(String properties) throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(properties));
        Map<String, String> all = new HashMap<>();
        read.forEach((name, value) -> all.put(name.toString(), value.toString()));
        all.replace(
                "framegate.deliver.file.directory", directory.resolve("copies").toString());
        all.put("framegate.deliver.retry-delay", "100ms");
        return RunningRoutes.of(routeFiles, directory, all);
    }

    private HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
        server.createContext("/images", handler);
        server.start();
        return server;
    }

    private HttpServer receiver() throws IOException {
        return server(exchange -> {
            received.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
    }

    private static Packet scene() {
        return TestPacket.scene(PHOTO);
    }

    @Test
    void webhookGetsTheHeadersOfEveryStoredImage() throws IOException {
        save("a webhook", "call-webhook");
        HttpServer server = receiver();
        try (RunningRoutes routes = start()) {
            assertThat(routes.send(TestPacket.face(PHOTO, PHOTO)).isFailed()).isFalse();

            assertThat(received).hasSize(2);
            assertThat(received)
                    .extracting(image -> image.path("role").asText())
                    .containsExactly("scene", "face");
            assertThat(received.element().path("storedPath").asText()).isEqualTo(STORED);
            assertThat(routes.files("images")).hasSize(2).contains(STORED);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void deadWebhookCostsNeitherTheImageNorTheAnswer() throws IOException {
        save("a webhook", "call-webhook");
        checkImageIsStoredAndTheAnswerIsYes(Duration.ofSeconds(10));
    }

    @Test
    void slowWebhookDelaysTheAnswerByItsTimeout() throws IOException {
        save("a webhook", "call-webhook");
        HttpServer server = server(exchange -> {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            checkImageIsStoredAndTheAnswerIsYes(Duration.ofSeconds(10));
        } finally {
            ended.countDown();
            server.stop(0);
        }
    }

    private void checkImageIsStoredAndTheAnswerIsYes(Duration atMost) {
        try (RunningRoutes routes = start();
                CapturedLog events = CapturedLog.of("io.framegate.events")) {
            long begin = System.nanoTime();
            assertThat(routes.send(scene()).isFailed()).isFalse();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(atMost);
            assertThat(routes.files("images")).containsExactly(STORED);
            assertThat(routes.files("quarantine")).isEmpty();
            assertThat(events.lines())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR event stored, a step after that failed")
                    .contains("stored=" + STORED);
        }
    }

    @Test
    void targetCallsTheWebhookWhenItsServerIsBack() throws IOException {
        try (RunningRoutes routes = startWith(block("a webhook", "properties"))) {
            assertThat(routes.send(scene()).isFailed()).isFalse();
            assertThat(routes.files("images")).containsExactly(STORED);

            HttpServer server = receiver();
            try {
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !received.isEmpty());
            } finally {
                server.stop(0);
            }
            assertThat(received.element().path("storedPath").asText()).isEqualTo(STORED);
        }
    }

    @Test
    void copyHasThePathAndTheBytesOfTheImage() throws IOException {
        save("a copy", "copy-image");
        try (RunningRoutes routes = start()) {
            assertThat(routes.send(scene()).isFailed()).isFalse();

            assertThat(routes.files("copies")).containsExactly(STORED);
            assertThat(routes.content("copies/" + STORED)).isEqualTo(PHOTO);
        }
    }

    @Test
    void copyToADiskThatIsAwayCostsNeitherTheImageNorTheAnswer() throws IOException {
        save("a copy", "copy-image");
        Files.createFile(directory.resolve("copies"));
        checkImageIsStoredAndTheAnswerIsYes(Duration.ofSeconds(10));
    }

    @Test
    void targetMakesTheSameCopy() throws IOException {
        try (RunningRoutes routes = startWith(block("a copy", "properties"))) {
            assertThat(routes.send(scene()).isFailed()).isFalse();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> routes.files("copies")
                    .equals(List.of(STORED)));
            assertThat(routes.content("copies/" + STORED)).isEqualTo(PHOTO);
        }
    }

    @Test
    void platesAreLoggedAndOtherImagesAreNot() throws IOException {
        save("a notification", "log-plates");
        try (RunningRoutes routes = start();
                CapturedLog log = CapturedLog.of(Logger.ROOT_LOGGER_NAME)) {
            routes.send(scene());
            routes.send("direct:store-image", PHOTO, headers -> {
                headers.put(FramegateHeaders.ROLE, "plate");
                headers.put(FramegateHeaders.EXTENSION, "jpg");
                headers.put(FramegateHeaders.ATTRIBUTES, Map.of("plateNumber", "M AB 123"));
            });

            assertThat(log.lines())
                    .filteredOn(line -> line.matches("INFO .* image_.*\\.jpg"))
                    .singleElement()
                    .asString()
                    .contains("M AB 123 image_2_");
        }
    }

    @Test
    void imagesOfOneCameraAreCopiedAndThoseOfOthersAreNot() throws IOException {
        save("a step for one camera", "front-door");
        try (RunningRoutes routes = start()) {
            routes.send(scene());
            routes.send(
                    TestPacket.of("VFD", "02:00:5E:10:00:02").withScene(PHOTO).packet());

            assertThat(routes.files("images")).hasSize(2);
            assertThat(routes.files("front-door")).containsExactly(STORED);
        }
    }

    @Test
    void stepThatFailsBeforeTheStoreLosesTheImageToTheQuarantine() throws IOException {
        save("a webhook", "call-webhook");
        edit(WRITE_IMAGE, "        - to:\n            uri: direct:fails\n" + WRITE_IMAGE);
        Files.writeString(
                routeFiles.resolve("fails.camel.yaml"),
                """
                - route:
                    id: fails
                    from:
                      uri: direct:fails
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalStateException
                            message: on purpose
                """);
        try (RunningRoutes routes = start()) {
            assertThat(routes.send(scene()).getException()).isInstanceOf(NotStoredException.class);

            assertThat(routes.files("images")).isEmpty();
            List<String> kept = routes.files("quarantine");
            assertThat(kept).anyMatch(file -> file.contains("_not-stored_") && file.endsWith(".bin"));
        }
    }
}
