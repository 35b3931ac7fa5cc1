package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import io.framegate.wire.Frame;
import io.framegate.wire.FrameEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Figures over HTTP for those who watch the gateway. */
@Execution(ExecutionMode.CONCURRENT)
class MetricsIT {

    private static final Instant SENT = Instant.parse("2026-03-29T07:58:21.500Z");

    @TempDir
    private Path directory = Path.of(".");

    private GatewayProcess gateway;

    @BeforeEach
    void gateway() {
        gateway = new GatewayProcess(directory.resolve("gateway"));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private void sendFrame(FrameEncoding encoding) {
        ByteBuf frame = Unpooled.buffer();
        encoding.encode(new Frame(Pictures.jpeg(), SENT, null), frame);
        try (Camera camera = Camera.connect(gateway.framesPort())) {
            camera.send(ByteBufUtil.getBytes(frame));
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.webPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Tag("faults")
    @Test
    void latencyOfFramesThatCarryTheirTimeOfSendingIsAMetric() {
        gateway.start();
        sendFrame(FrameEncoding.LENGTH64);
        sendFrame(FrameEncoding.LENGTH64);
        sendFrame(FrameEncoding.LE32);
        eventually("metrics of three frames").untilAsserted(() -> {
            HttpResponse<String> metrics = get("/observe/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body())
                    .contains("framegate_latency_seconds_count 2")
                    .contains("framegate_latency_seconds_bucket{le=\"+Inf\"} 2")
                    .containsPattern("camel_exchanges_total\\{.*routeId=\"store-image\"} 3");
        });
    }

    @Test
    void whatWaitsForATargetIsAMetric() throws IOException {
        Path away = Files.writeString(directory.resolve("away"), "a file in the place of the directory");
        gateway.with("framegate.deliver.file.enabled", "true")
                .with("framegate.deliver.file.directory", away.toString())
                .start();
        sendFrame(FrameEncoding.LENGTH64);
        sendFrame(FrameEncoding.LENGTH64);
        eventually("metrics of the outbox")
                .untilAsserted(() -> assertThat(get("/observe/metrics").body())
                        .containsPattern("framegate_outbox_waiting\\{target=\"file\"} 2")
                        .containsPattern("framegate_outbox_oldest_age_seconds\\{target=\"file\"} [0-9.]*[1-9]")
                        .containsPattern("framegate_outbox_set_aside\\{target=\"file\"} 0"));
        assertThat(gateway.terminate()).isEqualTo(143);
    }

    @Tag("faults")
    @Test
    void nothingListensWhenItIsOff() {
        gateway.with("framegate.web.enabled", "false").start();
        sendFrame(FrameEncoding.LENGTH64);
        gateway.awaitLog(Duration.ofMinutes(1), "event accepted", "latencyMillis");
        try (ServerSocket free = new ServerSocket(gateway.webPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        } catch (IOException e) {
            throw new AssertionError("something listens", e);
        }
    }

    @Tag("faults")
    @Test
    void portInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gateway.with("framegate.web.port", Integer.toString(taken.getLocalPort()))
                    .launch();
            assertThat(gateway.awaitEnd()).isEqualTo(1);
            assertThat(gateway.logLines("cannot start: framegate.web.port", "framegate.web.host"))
                    .hasSize(1);
        }
    }
}
