package io.framegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Health and metrics on {@code framegate.observe.port}, for probes that have no login. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ObserveIT {

    private static final List<String> OBSERVED =
            List.of("/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics");
    private static final List<String> OTHERS = List.of(
            "/", "/routes", "/api/cameras", "/api/events", "/live/x.mjpeg", "/observe/info", "/api/openapi.yaml");

    private final int port = GatewayProcess.freePort();

    @TempDir
    private Path directory = Path.of(".");

    private static HttpResponse<String> get(int port, String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void assertThatOnlyHealthAndMetricsAreServed() throws Exception {
        for (String path : OBSERVED) {
            assertThat(get(port, path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(get(port, "/observe/health").body()).contains("UP");
        assertThat(get(port, "/observe/metrics").body())
                .contains("framegate_connections_open", "camel_exchanges_total", "jvm_memory_used_bytes");
        for (String path : OTHERS) {
            assertThat(get(port, path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void probesNeedNoLoginAndSeeNothingElse() throws Exception {
        try (GatewayProcess gateway = new GatewayProcess(directory)
                .with("framegate.web.user", "me")
                .with("framegate.web.password", "canary-2c6d")
                .with("framegate.observe.port", port + "")
                .start()) {
            assertThatOnlyHealthAndMetricsAreServed();
            for (String path : OBSERVED) {
                assertThat(get(gateway.webPort(), path).statusCode()).as(path).isEqualTo(401);
            }
            assertThat(gateway.log()).contains("health and metrics", "http://127.0.0.1:" + port + "/observe/health");
        }
    }

    @Tag("faults")
    @Test
    void portIsServedWithoutTheWall() throws Exception {
        int web = GatewayProcess.freePort();
        try (GatewayProcess gateway = new GatewayProcess(directory)
                .with("framegate.web.enabled", "false")
                .with("framegate.web.port", web + "")
                .with("framegate.observe.port", port + "")
                .start()) {
            assertThatOnlyHealthAndMetricsAreServed();
            assertThat(gateway.log()).doesNotContain("live wall");
            // Nobody listens on the web port.
            new ServerSocket(web, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    @Test
    void portInUseIsSaidByItsProperty() throws IOException {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GatewayProcess gateway =
                        new GatewayProcess(directory).with("framegate.observe.port", used.getLocalPort() + "")) {
            gateway.launch();
            assertThat(gateway.awaitEnd()).isEqualTo(1);
            assertThat(gateway.log())
                    .contains("framegate.observe.port: 127.0.0.1:" + used.getLocalPort() + " cannot be listened on")
                    .contains("(expected: a free port, and in framegate.observe.host an address of this machine)");
        }
    }
}
