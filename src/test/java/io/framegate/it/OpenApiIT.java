package io.framegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Eventually;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import io.framegate.wire.Frame;
import io.framegate.wire.FrameEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document says what the gateway answers: no less, and no more. */
@Timeout(60)
class OpenApiIT {

    private static final String BASE = "https://framegate.example/openapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CAMERA = "02_00_5E_20_01_04";

    @TempDir
    private static Path directory = Path.of(".");

    private static GatewayProcess gateway;
    private static JsonNode document;
    private static JsonSchemaFactory schemas;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void gatewayThatKnowsTwoCameras() throws Exception {
        Path away = Files.writeString(directory.resolve("away"), "a file in the place of the target's directory");
        gateway = new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.file.directory", away.toString())
                .with("framegate.intake.max-rejects-per-peer", "1")
                .with("framegate.intake.ban", "10m")
                .start();
        sendRejects();
        sendPlate();
        sendPlate();
        sendFrame();
        document = new ObjectMapper(new YAMLFactory())
                .readTree(get("/api/openapi.yaml").body());
        // So that a field that is not described fails here; clients may still be sent new ones.
        ObjectNode strict = JSON.createObjectNode();
        strict.set("components", document.path("components").deepCopy());
        strict.path("components").path("schemas").forEach(OpenApiIT::close);
        schemas = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(BASE, strict.toString()))));
    }

    private static void close(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(OpenApiIT::close);
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    private static void sendPlate() {
        byte[] packet = CameraPacket.of(
                        """
                        <?xml version="1.0" encoding="UTF-8" ?>
                        <config version="1.7" xmlns="http://www.ipc.com/ver10">
                        <smartType type="openAlramObj">VEHICE</smartType>
                        <currentTime type="tint64">1773221234567</currentTime>
                        <mac type="string"><![CDATA[02:00:5E:20:01:04]]></mac>
                        <deviceName><![CDATA[Gate]]></deviceName>
                        <listInfo type="list" count="2">
                        <item><image type="tuint32">0</image><plateNumber type="string"><![CDATA[]]></plateNumber>
                        <targetImageData><targetBase64Data type="string"><![CDATA[{0}]]></targetBase64Data></targetImageData></item>
                        <item><image type="tuint32">1</image><plateNumber type="string"><![CDATA[FG 17]]></plateNumber>
                        <targetImageData><targetBase64Data type="string"><![CDATA[{1}]]></targetBase64Data></targetImageData></item>
                        </listInfo>
                        </config>
                        """,
                        Pictures.jpeg(), Pictures.jpeg())
                .xml();
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet).status()).isEqualTo(200);
        }
    }

    /** One that says when it was sent. */
    private static void sendFrame() {
        ByteBuf frame = Unpooled.buffer();
        FrameEncoding.LENGTH64.encode(new Frame(Pictures.jpeg(), Instant.now().minusMillis(5), null), frame);
        try (Camera camera = Camera.connect(gateway.framesPort())) {
            camera.send(ByteBufUtil.getBytes(frame));
        }
        gateway.awaitLog(Eventually.SOON, "event accepted", "latencyMillis");
    }

    /** One more than an address may have. */
    private static void sendRejects() {
        for (int number = 0; number < 2; number++) {
            try (Camera attacker = Camera.connect(gateway.cameraPort(), "127.0.9.1")) {
                attacker.send("<config><mac>").finish();
                assertThat(attacker.isClosedWithin(Eventually.SOON)).isTrue();
            }
        }
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.webPort() + path))
                .build();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path), BodyHandlers.ofString());
    }

    private static void assertFits(String schema, JsonNode answer) {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        assertThat(schemas.getSchema(SchemaLocation.of(BASE + "#/components/schemas/" + schema), config)
                        .validate(answer))
                .as(schema + " " + answer)
                .isEmpty();
    }

    /** The operations, by path. */
    private static Map<String, JsonNode> operations() {
        Map<String, JsonNode> all = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> all.put(path.getKey(), path.getValue().path("get")));
        return all;
    }

    /** With a camera that there is, and an event of its. */
    private static String address(String path) throws IOException, InterruptedException {
        String image = JSON.readTree(get("/api/events?camera=" + CAMERA).body())
                .path("events")
                .path(0)
                .path("image")
                .asText();
        String number = image.split("/", -1)[4];
        return path.replace("{camera}", CAMERA).replace("{number}", number);
    }

    @Test
    void everyPathAnswersAsItIsDescribed() throws Exception {
        assertThat(operations()).hasSizeGreaterThan(10);
        for (Map.Entry<String, JsonNode> operation : operations().entrySet()) {
            String path = operation.getKey();
            HttpResponse<Stream<String>> answer = CLIENT.send(request(address(path)), BodyHandlers.ofLines());
            answer.body().close();
            // Its target is away.
            String status = path.equals("/observe/health") ? "503" : "200";
            assertThat(Integer.toString(answer.statusCode())).as(path).isEqualTo(status);
            String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
            JsonNode described = resolved(operation.getValue().path("responses").path(status))
                    .path("content");
            Set<String> types = new HashSet<>();
            described.fieldNames().forEachRemaining(types::add);
            assertThat(types).as(path).containsAnyOf(type, type.replaceFirst("/.*", "/*"));
            String schema = described
                    .path("application/json")
                    .path("schema")
                    .path("$ref")
                    .asText();
            if (!schema.isEmpty()) {
                assertFits(
                        schema.substring(schema.lastIndexOf('/') + 1),
                        JSON.readTree(get(address(path)).body()));
            }
        }
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    @Test
    void everyReferenceExistsAndEveryOperationDocuments401() {
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
        Set<String> names = new HashSet<>();
        operations().forEach((path, operation) -> {
            assertThat(names.add(operation.path("operationId").asText()))
                    .as(path)
                    .isTrue();
            assertThat(operation.path("summary").asText()).as(path).isNotBlank();
            assertThat(operation.path("responses").has("401")).as(path).isTrue();
            assertThat(operation.path("responses").has("403")).as(path).isTrue();
            Set<String> inPath = new TreeSet<>();
            operation.path("parameters").forEach(parameter -> {
                JsonNode described = resolved(parameter);
                if (described.path("in").asText().equals("path")) {
                    inPath.add('{' + described.path("name").asText() + '}');
                }
            });
            Set<String> asked = new TreeSet<>();
            for (String part : path.split("[/.]", -1)) {
                if (part.startsWith("{")) {
                    asked.add(part);
                }
            }
            assertThat(inPath).as(path).isEqualTo(asked);
        });
    }

    @Test
    void everyFieldThatIsDescribedIsSentSomewhere() throws Exception {
        JsonNode cameras = JSON.readTree(get("/api/cameras").body()).path("cameras");
        assertThat(cameras).hasSize(2);
        assertThat(fields(cameras)).isEqualTo(described("Camera"));
        JsonNode events = JSON.readTree(get("/api/events").body()).path("events");
        assertThat(events).hasSizeGreaterThanOrEqualTo(5);
        assertThat(fields(events)).isEqualTo(described("Event"));
        JsonNode bans = JSON.readTree(get("/api/bans").body()).path("bans");
        assertThat(bans).hasSize(1);
        assertThat(bans.path(0).path("address").asText()).isEqualTo("127.0.9.1");
        assertThat(fields(bans)).isEqualTo(described("Ban"));
    }

    private static Set<String> fields(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(one -> one.fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static Set<String> described(String schema) {
        Set<String> names = new TreeSet<>();
        document.at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(names::add);
        // Sent for pictures that browsers may not show.
        names.remove("format");
        return names;
    }

    @Test
    void streamSendsWhatItsDescriptionSays() throws Exception {
        HttpResponse<Stream<String>> stream = CLIENT.send(request("/api/stream"), BodyHandlers.ofLines());
        Map<String, String> named = Map.of("cameras", "Cameras", "camera", "ChangedCameras", "status", "Status");
        Set<String> seen = new TreeSet<>();
        Iterator<String> lines = stream.body().iterator();
        while (seen.size() < 3) {
            String line = lines.next();
            if (line.startsWith("event: ")) {
                String event = line.substring("event: ".length());
                assertThat(named).containsKey(event);
                assertFits(named.get(event), JSON.readTree(lines.next().substring("data: ".length())));
                if (seen.add(event) && event.equals("cameras")) {
                    sendPlate();
                }
            }
        }
        stream.body().close();
    }

    @Test
    void problemsAreAsDescribed() throws Exception {
        for (String query : List.of("since=yesterday", "until=x", "limit=0", "limit=501")) {
            HttpResponse<String> answer = get("/api/events?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        }
        assertThat(get("/api/events?since=yesterday").body())
                .isEqualTo(
                        "since: yesterday (expected: a time, like 2026-03-29T07:58:21Z; a + in it is written %2B)\n");
        String soon = Instant.now().plusSeconds(60).toString();
        assertThat(JSON.readTree(get("/api/events?since=" + soon).body()).path("events"))
                .isEmpty();
        assertThat(JSON.readTree(get("/api/events?limit=1&until=" + soon).body())
                        .path("events"))
                .hasSize(1);
        assertThat(get("/live/nobody/latest.jpg").statusCode()).isEqualTo(404);
    }

    @Test
    void refusedRouteFileIsDescribed() throws Exception {
        gateway.writeRoute("refused.camel.yaml", "- nothing: {}\n");
        gateway.awaitLog(Eventually.SOON, "routes refused", "refused.camel.yaml");
        JsonNode routes = JSON.readTree(get("/api/routes").body());
        assertThat(fields(routes.path("refused"))).containsExactly("file", "line", "reason");
        assertFits("Routes", routes);
        Files.delete(gateway.routes().resolve("refused.camel.yaml"));
    }

    @Test
    void healthIsTextForWhomAsksForIt() throws Exception {
        HttpRequest asked = HttpRequest.newBuilder(request("/observe/health").uri())
                .header("Accept", "text/plain")
                .build();
        HttpResponse<String> health = CLIENT.send(asked, BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(health.body()).matches("(?:framegate-[\\w-]+: [^\n]+\n)+").contains("framegate-target-");
    }

    @Test
    void healthInAllDetailFitsToo() throws Exception {
        assertFits(
                "Health",
                JSON.readTree(get("/observe/health?exposureLevel=full").body()));
        assertFits(
                "Health",
                JSON.readTree(get("/observe/health?exposureLevel=oneline").body()));
        assertFits(
                "Health",
                JSON.readTree(
                        get("/observe/health?exposureLevel=full&data=true").body()));
    }
}
