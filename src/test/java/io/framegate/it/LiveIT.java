package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The live wall as a browser, a player and a script see it. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class LiveIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVIL = "<script>alert(1)</script>\" onerror=\"alert(2)";
    private static final String CAMERA = "02_00_5E_20_00_01";

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

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.webPort() + path));
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    private void send(byte[] image) {
        byte[] packet = CameraPacket.of(
                        "<config><smartType>VFD</smartType><mac>02:00:5E:20:00:01</mac><deviceName><![CDATA[" + EVIL
                                + "]]></deviceName><sourceBase64Data>{0}</sourceBase64Data></config>",
                        image)
                .xml();
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet).status()).isEqualTo(200);
        }
    }

    @Test
    void camerasTheirPicturesAndEventsAreServed() throws Exception {
        gateway.start();
        assertThat(json("/api/cameras").path("cameras")).isEmpty();
        byte[] image = Pictures.jpeg();
        send(image);
        JsonNode camera = json("/api/cameras").path("cameras").path(0);
        assertThat(camera.path("id").asText()).isEqualTo(CAMERA);
        assertThat(camera.path("mac").asText()).isEqualTo("02:00:5E:20:00:01");
        assertThat(camera.path("type").asText()).isEqualTo("VFD");
        assertThat(camera.path("images").asInt()).isEqualTo(1);
        assertThat(camera.path("silent").asBoolean()).isFalse();
        // Text stays text: JSON, and nothing a browser would take for a page.
        assertThat(camera.path("name").asText()).isEqualTo(EVIL);
        assertThat(get("/api/cameras").headers().firstValue("Content-Type")).hasValue("application/json");

        HttpResponse<byte[]> latest = get("/live/" + CAMERA + "/latest.jpg");
        assertThat(latest.body()).isEqualTo(image);
        assertThat(latest.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        String tag = latest.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> again = client.send(
                request("/live/" + CAMERA + "/latest.jpg")
                        .header("If-None-Match", tag)
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(again.statusCode()).isEqualTo(304);
        HttpResponse<byte[]> thumb =
                get("/live/" + CAMERA + "/thumb.jpg?v=" + camera.path("version").asText());
        assertThat(thumb.statusCode()).isEqualTo(200);
        assertThat(thumb.headers().firstValue("Cache-Control").orElse("")).contains("immutable");

        JsonNode event = json("/api/events?camera=" + CAMERA + "&type=VFD")
                .path("events")
                .path(0);
        assertThat(event.path("camera").asText()).isEqualTo(CAMERA);
        assertThat(get(event.path("image").asText()).body()).isEqualTo(image);
        assertThat(get(event.path("thumb").asText()).statusCode()).isEqualTo(200);
        Files.delete(stored());
        HttpResponse<byte[]> gone = get("/live/" + CAMERA + "/latest.jpg?v=1");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(json("/api/events?type=other").path("events")).isEmpty();
        assertThat(get("/api/events?limit=many").statusCode()).isEqualTo(400);
    }

    /** The one image that there is. */
    private Path stored() {
        return ImageFolder.files(gateway.directory().resolve("images")).stream()
                .filter(file -> file.toString().endsWith(".jpg"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatThereIsNotIsNotFoundAndNoOtherFileIsServed() throws Exception {
        gateway.start();
        send(Pictures.jpeg());
        for (String path : List.of(
                "/live/other/latest.jpg",
                "/live/other/thumb.jpg",
                "/live/other.mjpeg",
                "/live/" + CAMERA + "/crop.jpg",
                "/live/" + CAMERA + "/events/999/image.jpg",
                "/nothing.js",
                "/..%2f..%2fapplication.properties",
                "/%2e%2e/%2e%2e/application.properties",
                "/live/..%2f..%2foutbox/latest.jpg",
                "/images/")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Tag("faults")
    @Test
    void pageIsServedWithAllItsFilesAndRunsNoOtherScript() throws Exception {
        gateway.start();
        HttpResponse<byte[]> page = get("/");
        String html = new String(page.body(), UTF_8);
        assertThat(html).contains("Framegate").doesNotContain("http://", "https://", " style=", " onclick=");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        for (String file : List.of("/wall.js", "/stream.js", "/tiles.js")) {
            assertThat(get(file).headers().firstValue("Content-Type").orElse(""))
                    .as(file)
                    .contains("javascript");
        }
        assertThat(get("/wall.css").headers().firstValue("Content-Type").orElse(""))
                .contains("text/css");
        assertThat(get("/icon.svg").headers().firstValue("Content-Type").orElse(""))
                .contains("image/svg+xml");
    }

    @Test
    void streamTellsAllCamerasFirstThenWhatChangesAndHowTheGatewayIs() throws Exception {
        gateway.start();
        send(Pictures.jpeg());
        HttpResponse<Stream<String>> stream = client.send(request("/api/stream").build(), BodyHandlers.ofLines());
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        var lines = stream.body().iterator();
        assertThat(lines.next()).isEqualTo("event: cameras");
        assertThat(JSON.readTree(lines.next().substring("data: ".length())).path("cameras"))
                .hasSize(1);
        send(Pictures.jpeg());
        boolean status = false;
        String line = "";
        while (!line.equals("event: camera")) {
            line = lines.next();
            status |= line.equals("event: status");
        }
        assertThat(status).isTrue();
        assertThat(JSON.readTree(lines.next().substring("data: ".length()))
                        .path(0)
                        .path("images")
                        .asInt())
                .isEqualTo(2);
        stream.body().close();
    }

    @Test
    void filmShowsEachPictureAsItComes() throws Exception {
        gateway.start();
        byte[] first = Pictures.jpeg();
        send(first);
        try (Socket player = player()) {
            InputStream in = player.getInputStream();
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            readUntil(in, seen, first, 1);
            byte[] second = Pictures.jpeg();
            send(second);
            readUntil(in, seen, second, 1);
            assertThat(seen.toString(ISO_8859_1)).contains("multipart/x-mixed-replace; boundary=framegate");
        }
    }

    @Tag("faults")
    @Test
    void lastPictureIsSentTwiceForBrowsersThatShowItOnlyThen() throws Exception {
        gateway.start();
        byte[] first = Pictures.jpeg();
        send(first);
        try (Socket player = player()) {
            InputStream in = player.getInputStream();
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            readUntil(in, seen, first, 2);
            byte[] second = Pictures.jpeg();
            send(second);
            readUntil(in, seen, second, 2);
            assertThat(copies(seen, first)).isEqualTo(2);
        }
    }

    private Socket player() throws IOException {
        Socket player = new Socket(InetAddress.getLoopbackAddress(), gateway.webPort());
        player.getOutputStream()
                .write(("GET /live/" + CAMERA + ".mjpeg HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1));
        return player;
    }

    /** Without waiting for what comes behind it. */
    private static void readUntil(InputStream in, ByteArrayOutputStream seen, byte[] image, int copies)
            throws IOException {
        byte[] buffer = new byte[8192];
        while (copies(seen, image) < copies) {
            int length = in.read(buffer);
            assertThat(length).isPositive();
            seen.write(buffer, 0, length);
        }
    }

    private static int copies(ByteArrayOutputStream seen, byte[] image) {
        return seen.toString(ISO_8859_1).split(Pattern.quote(new String(image, ISO_8859_1)), -1).length - 1;
    }

    @Tag("faults")
    @Test
    void viewersThatReadNothingHoldUpNobody() throws Exception {
        ImageFolder folder = gateway.images();
        gateway.withOption("-Xmx96m").start();
        send(Pictures.bareJpeg(500_000));
        List<Socket> stuck = Stream.generate(this::stuckPlayer).limit(20).toList();
        byte[] image = {};
        for (int number = 0; number < 40; number++) {
            image = Pictures.bareJpeg(500_000 + number);
            send(image);
        }
        byte[] last = image;
        eventually("newest", Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        get("/live/" + CAMERA + "/latest.jpg").body())
                .isEqualTo(last));
        eventually("all stored").until(() -> folder.look().size() == 41);
        assertThat(gateway.log()).doesNotContain("OutOfMemoryError");
        for (Socket one : stuck) {
            one.close();
        }
    }

    private Socket stuckPlayer() {
        try {
            return player();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Tag("faults")
    @Test
    void wallThatIsOffListensNowhere() {
        gateway.with("framegate.web.enabled", "false").start();
        send(Pictures.jpeg());
        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
    }
}
