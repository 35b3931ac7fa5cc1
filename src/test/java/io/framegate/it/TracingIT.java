package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.Pictures;
import io.framegate.it.support.TraceCollector;
import io.framegate.it.support.TraceCollector.Seen;
import io.framegate.it.target.HttpTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What became of a packet is one trace at a collector, whoever is away meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class TracingIT {

    private static final String ROUTED = "receive-cameras/receive-packet/route-event";
    private static final String STORED = ROUTED + "/store-image";
    private static final String WRITTEN = STORED + "/write-image";

    @TempDir
    private Path directory;

    private final TraceCollector collector = new TraceCollector().start();
    private GatewayProcess gateway;
    private Path delivered;

    @BeforeEach
    void gateway() {
        delivered = directory.resolve("delivered");
        gateway = new GatewayProcess(directory.resolve("gateway"))
                .keepingPorts()
                .with("framegate.tracing.enabled", "true")
                .with("framegate.tracing.endpoint", collector.endpoint());
    }

    @AfterEach
    void close() {
        gateway.close();
        collector.close();
    }

    private GatewayProcess deliveringToFile() {
        return gateway.with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.file.directory", delivered.toString())
                .with("framegate.deliver.retry-delay", "100ms")
                .with("framegate.deliver.max-retry-delay", "200ms");
    }

    /** A file in the place of the directory that images are to be delivered to. */
    private void fileTargetIsAway() {
        try {
            Files.writeString(delivered, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fileTargetIsBack() {
        try {
            Files.delete(delivered);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CameraPacket twoImages(byte[] scene, byte[] face) {
        return CameraPacket.of(
                """
                <?xml version="1.0" encoding="UTF-8" ?>
                <config version="1.7"><smartType type="openAlramObj">VFD</smartType>
                <mac>02:00:5e:20:00:07</mac><deviceName>front door</deviceName>
                <sourceDataInfo><sourceBase64Data>{0}</sourceBase64Data></sourceDataInfo>
                <listInfo><item><targetImageData><targetBase64Data>{1}</targetBase64Data></targetImageData></item></listInfo>
                </config>
                """,
                scene, face);
    }

    private void post(CameraPacket packet, String... headers) {
        try (Camera camera = gateway.camera()) {
            camera.send(Http.post("/alarm", packet.xml(), headers));
            assertThat(camera.answer().status()).isEqualTo(200);
        }
    }

    private void post() {
        post(CameraPacket.scene(1, 5_000));
    }

    private List<Seen> await(String name, int count) {
        eventually(count + " spans " + name).until(() -> collector.spans(name).size() >= count);
        return collector.spans(name);
    }

    private String all() {
        return collector.spans().stream().map(Seen::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void packetWithTwoImagesIsOneTraceFromTheSocketToTheTarget() {
        deliveringToFile()
                .with("framegate.tracing.service", "gate-3")
                .with("framegate.node", "hall-3")
                .with("framegate.tracing.attributes", "deployment.environment=test,site=hall%2C3")
                .start();
        ImageFolder images = gateway.images();
        post(twoImages(Pictures.jpeg(20_000), Pictures.jpeg(9_000)));
        await("deliver-to-file", 2);
        await("receive-cameras", 1);

        List<Seen> spans = collector.spans();
        assertThat(spans.stream().map(Seen::trace).distinct()).hasSize(1);
        assertThat(spans.stream().map(collector::path))
                .containsExactlyInAnyOrder(
                        "receive-cameras",
                        "receive-cameras/receive-packet",
                        "receive-cameras/receive-packet/read-event",
                        ROUTED,
                        STORED,
                        STORED,
                        WRITTEN,
                        WRITTEN,
                        WRITTEN + "/store",
                        WRITTEN + "/store",
                        WRITTEN + "/store/deliver-to-file",
                        WRITTEN + "/store/deliver-to-file",
                        WRITTEN + "/store/deliver-to-file/file",
                        WRITTEN + "/store/deliver-to-file/file");
        assertThat(spans).noneMatch(Seen::failed);
        Seen first = collector.spans("receive-cameras").get(0);
        assertThat(first.attributes())
                .containsEntry("framegate.camera", "02:00:5E:20:00:07")
                .containsEntry("framegate.device", "front door")
                .containsEntry("framegate.format", "http")
                .containsEntry("framegate.type", "VFD")
                .containsEntry("framegate.images", "2")
                .hasEntrySatisfying("framegate.peer", peer -> assertThat(peer).startsWith("127.0.0.1:"));
        assertThat(first.resource())
                .containsEntry("service.name", "gate-3")
                .containsEntry("service.instance.id", "hall-3")
                .containsEntry("deployment.environment", "test")
                .containsEntry("site", "hall,3");
        assertThat(collector.spans("store-image").stream().map(span -> span.attribute("framegate.image.role")))
                .containsExactlyInAnyOrder("scene", "face");
        assertThat(collector.spans("deliver-to-file").stream().map(span -> span.attribute("framegate.image.path")))
                .containsExactlyInAnyOrderElementsOf(images.look().keySet());
        assertThat(gateway.logLines("event accepted", "trace_id=\"" + first.trace() + "\""))
                .hasSize(1);
        assertThat(gateway.logLines("listening", "trace_id")).isEmpty();
    }

    @Tag("faults")
    @Test
    void deliveryAfterAKillContinuesTheTraceOfItsPacket() {
        fileTargetIsAway();
        deliveringToFile().start();
        post();
        Seen stored = await("store", 1).get(0);
        eventually("a failed attempt")
                .until(() -> collector.spans("file").stream().anyMatch(Seen::failed));
        gateway.kill();
        assertThat(collector.spans("deliver-to-file")).isEmpty();
        Seen attempt = collector.spans("file").stream()
                .filter(Seen::failed)
                .findFirst()
                .orElseThrow();
        assertThat(attempt.trace()).isEqualTo(stored.trace());
        assertThat(attempt.failure()).contains("Exception: ");

        gateway.start();
        eventually("another failed attempt")
                .until(() -> !gateway.logLines("not delivered, trying again").isEmpty());
        fileTargetIsBack();
        Seen delivery = await("deliver-to-file", 1).get(0);
        assertThat(delivery.trace()).isEqualTo(stored.trace());
        assertThat(delivery.parent()).isEqualTo(stored.id());
        assertThat(delivery.failed()).isFalse();
        assertThat(delivery.events().get(0)).startsWith("attempt failed").contains("framegate.failure=");
        assertThat(gateway.logLines("not delivered, trying again", "trace_id=\"" + stored.trace() + "\""))
                .hasSize(1);
    }

    @Tag("faults")
    @Test
    void refusedImageAndRejectedPacketAreErrorsThatSayWhy() {
        gateway.with("framegate.log.format", "json").launch();
        gateway.awaitLog(Duration.ofMinutes(1), "listening", "receive-frames");
        post(twoImages(Pictures.jpeg(5_000), "no picture at all".getBytes(StandardCharsets.UTF_8)));
        await("receive-cameras", 1);
        Seen refused = collector.spans("quarantine").get(0);
        assertThat(collector.path(refused)).isEqualTo(ROUTED + "/quarantine");
        assertThat(refused.failed()).isTrue();
        assertThat(refused.failure()).startsWith("not-a-picture: ");
        assertThat(refused.attributes())
                .containsEntry("framegate.reject.reason", "not-a-picture")
                .containsEntry("framegate.image.number", "1");
        assertThat(collector.spans("store-image")).hasSize(1).noneMatch(Seen::failed);
        assertThat(gateway.logLines("rejected", "\"trace_id\":\"" + refused.trace() + "\""))
                .isNotEmpty();

        try (Camera camera = gateway.camera()) {
            camera.send("<?xml version=\"1.0\"?><!DOCTYPE config><config></config>");
            Seen rejected = await("receive-cameras", 2).get(1);
            assertThat(rejected.failed()).isTrue();
            assertThat(rejected.trace()).isNotEqualTo(refused.trace());
            assertThat(rejected.attribute("framegate.reject.reason")).isEqualTo("forbidden-dtd");
            assertThat(rejected.attribute("framegate.peer")).isEqualTo(camera.address());
        }
    }

    @Tag("faults")
    @Test
    void imageThatCannotBeStoredIsAnErrorOfItsPacket() throws IOException {
        gateway.with("framegate.images.name", "${header.FramegateCameraName}/${header.FramegateCounter}.jpg")
                .with("framegate.store.retries", "1")
                .with("framegate.store.retry-delay", "10ms")
                .start();
        Files.writeString(gateway.directory().resolve("images/02_00_5E_20_00_01"), "in the way");
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(CameraPacket.scene(1, 5_000).xml()).status()).isEqualTo(503);
        }
        Seen packet = await("receive-cameras", 1).get(0);
        assertThat(packet.failed()).isTrue();
        assertThat(collector.spans("store-image").get(0).failed()).isTrue();
        Seen image = collector.spans("write-image").get(0);
        assertThat(image.failed()).isTrue();
        assertThat(image.events()).hasSize(1).first().asString().startsWith("attempt failed");
        assertThat(collector.spans("quarantine").get(0).attribute("framegate.reject.reason"))
                .isEqualTo("not-stored");
    }

    @Tag("faults")
    @Test
    void targetGetsTheTraceButNoTraceHeaderOfAPacket() {
        String theirs = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (HttpTarget target = new HttpTarget()) {
            target.start();
            target.refuse(name -> true, 503);
            gateway.with("framegate.deliver.http.enabled", "true")
                    .with("framegate.deliver.retry-delay", "100ms")
                    .with("framegate.jmx.enabled", "true")
                    .with("framegate.log.level", "DEBUG")
                    .with("framegate.log.loggers", "org.apache.camel=DEBUG");
            target.properties().forEach(gateway::with);
            gateway.with(
                            "framegate.deliver.http.url",
                            target.properties().get("framegate.deliver.http.url") + "?sig=test-secret-1")
                    .withVariable("framegate.tracing.headers", "X-Scope=tenant,Authorization=Basic%20test-secret-2=")
                    .start();
            post(CameraPacket.scene(1, 5_000), "traceparent: 00-" + theirs + "-00f067aa0ba902b7-01");
            eventually("a failed attempt")
                    .until(() -> collector.spans("http").stream().anyMatch(Seen::failed));
            target.refuse(name -> false);
            Seen delivery = await("deliver-to-http", 1).get(0);
            Seen packet = await("receive-cameras", 1).get(0);
            Seen attempt = collector.spans("http").stream()
                    .filter(span -> !span.failed())
                    .findFirst()
                    .orElseThrow();
            assertThat(packet.parent()).isEmpty();
            assertThat(packet.trace()).isNotEqualTo(theirs).isEqualTo(delivery.trace());
            assertThat(collector.spans("http").get(0).failure()).contains("503");
            assertThat(attempt.parent()).isEqualTo(delivery.id());
            assertThat(target.delivered().get(0).metadata())
                    .hasEntrySatisfying("Traceparent", header -> assertThat(header)
                            .startsWith("00-" + packet.trace() + "-" + attempt.id() + "-"));
            assertThat(collector.requests()).allSatisfy(headers -> assertThat(headers)
                    .containsEntry("X-Scope", "tenant")
                    .containsEntry("Authorization", "Basic test-secret-2="));
            gateway.terminate();
            assertThat(all()).doesNotContain("test-secret");
            assertThat(gateway.log()).contains("DEBUG").doesNotContain("test-secret-2");
        }
    }

    @Tag("faults")
    @Test
    void absentCollectorSlowsNothingAndGetsLaterTraces() {
        collector.stop();
        gateway.start();
        ImageFolder images = gateway.images();
        for (int packet = 0; packet < 50; packet++) {
            post();
        }
        assertThat(images.look()).hasSize(50);
        gateway.awaitLog(
                Duration.ofSeconds(30), "traces not sent", collector.endpoint(), "reason=\"ConnectException\"");
        post();
        collector.start();
        eventually("spans again", Duration.ofSeconds(30)).until(() -> {
            post();
            return !collector.spans("receive-cameras").isEmpty();
        });
        gateway.awaitLog(Duration.ofMinutes(1), "traces are sent again");
        collector.answer(401);
        post();
        gateway.awaitLog(Duration.ofMinutes(1), "traces not sent", "reason=\"HTTP status 401\"");
        post();
        gateway.terminate();
        assertThat(gateway.logLines("traces not sent", "ConnectException")).hasSize(1);
        assertThat(gateway.logLines("traces not sent", "401")).hasSize(1);
        assertThat(gateway.log()).doesNotContain("\tat ").doesNotContain("SEVERE");
    }

    @Tag("faults")
    @Test
    void stopWaitsASecondForACollectorThatDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            gateway.with("framegate.tracing.endpoint", "http://127.0.0.1:" + silent.getLocalPort())
                    .start();
            post();
            long before = System.nanoTime();
            assertThat(gateway.terminate()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            assertThat(gateway.logLines("stopped")).hasSize(1);
        }
    }

    @Tag("faults")
    @Test
    void whatIsNotSampledIsNotSentUpToItsDelivery() {
        deliveringToFile().with("framegate.tracing.sample", "0.000001%").start();
        ImageFolder target = new ImageFolder(delivered);
        for (int packet = 0; packet < 20; packet++) {
            post();
        }
        eventually("delivered").until(() -> target.look().size() == 20);
        gateway.terminate();
        assertThat(collector.spans()).isEmpty();
        assertThat(gateway.logLines("trace_id")).isEmpty();
    }

    @Tag("faults")
    @Test
    void nothingOfItIsThereWhenItIsOffAndClaimsAreReadBothWays() throws IOException {
        fileTargetIsAway();
        Path classes = directory.resolve("classes.log");
        gateway.with("framegate.tracing.enabled", "false").withOption("-Xlog:class+load:file=" + classes);
        deliveringToFile().start();
        post();
        eventually("an attempt")
                .until(() -> !gateway.logLines("not delivered, trying again").isEmpty());
        gateway.terminate();
        assertThat(Files.readString(classes))
                .contains("io.framegate.receive.EventReader")
                .doesNotContain("io.opentelemetry")
                .doesNotContain("io.framegate.trace.");
        assertThat(claims()).contains("FramegateCameraId").doesNotContain("traceparent");
        assertThat(collector.requests()).isEmpty();

        gateway.with("framegate.tracing.enabled", "true").start();
        post();
        await("store-image", 1);
        gateway.terminate();
        assertThat(claims()).contains("\"traceparent\":\"00-");

        fileTargetIsBack();
        ImageFolder target = new ImageFolder(delivered);
        gateway.with("framegate.tracing.enabled", "false").start();
        eventually("both are delivered").until(() -> target.look().size() == 2);
    }

    private String claims() throws IOException {
        try (Stream<Path> files = Files.walk(gateway.directory().resolve("outbox/file"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".claims")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
