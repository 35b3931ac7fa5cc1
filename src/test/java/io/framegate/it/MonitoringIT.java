package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.PromQl;
import io.framegate.it.support.PrometheusText;
import io.framegate.it.target.Certificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The metrics of a running gateway, and whether the dashboard, the alerts and the documentation speak of what it has.
 */
@Timeout(60)
class MonitoringIT {

    private static final Path MONITORING = Path.of("src/docs/monitoring");

    /** What Prometheus itself adds to what it collects. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "le");

    @TempDir
    private static Path directory;

    private static Certificate certificate;
    private static GatewayProcess gateway;
    private static long imageBytes;
    private static PrometheusText metrics;

    @BeforeAll
    static void somethingOfEverything() throws IOException {
        certificate = Certificate.in(directory.resolve("certificate"));
        gateway = new GatewayProcess(directory.resolve("gateway"))
                .with(
                        "framegate.frames.tls.certificate",
                        certificate.certificatePem().toString())
                .with("framegate.frames.tls.key", certificate.keyPem().toString())
                .with("framegate.deliver.file.enabled", "true")
                .with("framegate.metrics.cameras", "2")
                // Its broker is away, and its metrics are there.
                .with("framegate.worker.kafka.enabled", "true")
                .with("framegate.worker.kafka.brokers", "127.0.0.1:" + GatewayProcess.freePort())
                .with("framegate.node", "hall-3")
                .start();
        for (int camera = 1; camera <= 4; camera++) {
            try (Camera one = gateway.camera()) {
                CameraPacket packet = CameraPacket.scene(camera, 1000);
                imageBytes += packet.images().get(0).length;
                assertThat(one.post(packet.xml()).status()).isEqualTo(200);
            }
        }
        try (Camera garbage = gateway.camera()) {
            garbage.send("\u0001\u0002 no camera says this");
            garbage.finish();
        }
        eventually("all is counted").untilAsserted(() -> {
            metrics = scrape();
            assertThat(metrics.sum("framegate_deliveries_total")).isEqualTo(4);
            assertThat(metrics.value("framegate_quarantine_files")).isEqualTo(2);
            assertThat(metrics.value("framegate_connections_open")).isZero();
        });
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    private static PrometheusText scrape() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.webPort() + "/observe/metrics");
        return new PrometheusText(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString(UTF_8))
                .body());
    }

    @Test
    void whatCamerasSendIsCounted() {
        assertThat(metrics.value("framegate_events_accepted_total")).isEqualTo(4);
        assertThat(metrics.value("framegate_images_total{role=scene}")).isEqualTo(4);
        assertThat(metrics.value("framegate_images_stored_bytes_total")).isEqualTo((double) imageBytes);
        assertThat(metrics.value("framegate_store_duration_seconds_count")).isEqualTo(4);
        assertThat(metrics.value("framegate_event_duration_seconds_count")).isEqualTo(4);
        assertThat(metrics.value("framegate_cameras_known")).isEqualTo(4);
        assertThat(metrics.value("framegate_inflight_packets")).isZero();
        assertThat(metrics.value("framegate_inflight_bytes")).isZero();
        assertThat(metrics.value("framegate_target_up{target=file}")).isEqualTo(1);
        assertThat(metrics.value("framegate_delivery_duration_seconds_count{target=file}"))
                .isEqualTo(4);
    }

    @Test
    void buildAndNameAreLabelsOfTheirOwnMetrics() {
        assertThat(metrics.sum("framegate_build_info")).isEqualTo(1);
        assertThat(metrics.labelsOf("framegate_build_info")).containsExactlyInAnyOrder("version", "java");
        assertThat(metrics.value("framegate_node_info{node=hall-3}")).isEqualTo(1);
    }

    @Test
    void whatIsRejectedIsCountedByReason() {
        assertThat(metrics.value("framegate_rejected_total{reason=unknown-format}"))
                .isEqualTo(1);
        assertThat(metrics.sum("framegate_rejected_total")).isEqualTo(1);
        assertThat(metrics.value("framegate_quarantine_bytes")).isPositive();
    }

    @Test
    void expiryOfACertificateIsThereForThePortsThatHaveOne() throws Exception {
        KeyStore keys = KeyStore.getInstance(certificate.keyStore().toFile(), Certificate.PASSWORD.toCharArray());
        Instant until =
                ((X509Certificate) keys.getCertificate("test")).getNotAfter().toInstant();
        assertThat(metrics.value("framegate_certificate_expiry_timestamp_seconds{port=framegate.frames}"))
                .isEqualTo((double) until.getEpochSecond());
        assertThat(metrics.sum("framegate_certificate_expiry_timestamp_seconds"))
                .isEqualTo((double) until.getEpochSecond());
    }

    @Test
    void onlySoManyCamerasHaveMetricsOfTheirOwn() {
        assertThat(metrics.names()).contains("framegate_camera_images_total");
        assertThat(metrics.value("framegate_camera_images_total{camera=(others)}"))
                .isEqualTo(2);
        assertThat(metrics.sum("framegate_camera_images_total")).isEqualTo(4);
    }

    private static void asksForWhatThereIs(String query) {
        Set<String> known = new TreeSet<>(OF_PROMETHEUS);
        PromQl.metrics(query).forEach((name, labels) -> {
            if (!name.equals("up")) {
                assertThat(metrics.names()).as(query).contains(name);
            }
            known.addAll(metrics.labelsOf(name));
            assertThat(known).as(query).containsAll(labels);
        });
        assertThat(known).as(query).containsAll(PromQl.groupings(query));
    }

    @Test
    void alertsAskForWhatThereIs() throws IOException {
        JsonNode alerts = new ObjectMapper(new YAMLFactory())
                .readTree(MONITORING.resolve("alerts.yaml").toFile());
        List<JsonNode> rules = new ArrayList<>();
        alerts.findValues("rules").forEach(group -> group.forEach(rules::add));
        assertThat(rules).hasSizeGreaterThan(10);
        for (JsonNode rule : rules) {
            assertThat(rule.at("/annotations/summary").asText())
                    .as(rule.toString())
                    .isNotEmpty();
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            asksForWhatThereIs(rule.get("expr").asText());
        }
    }

    @Test
    void dashboardAsksForWhatThereIs() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(MONITORING.resolve("grafana-dashboard.json").toFile());
        List<String> queries = dashboard.findValuesAsText("expr");
        assertThat(queries).hasSizeGreaterThan(20);
        queries.forEach(query -> asksForWhatThereIs(query.replace("$__rate_interval", "1m")));
    }

    @Test
    void documentationNamesWhatThereIsAndAllOfIt() throws IOException {
        Set<String> documented = new TreeSet<>();
        Pattern.compile("`(framegate_\\w+)[`{]")
                .matcher(Files.readString(Path.of("src/docs/monitoring.md")))
                .results()
                .forEach(name -> documented.add(name.group(1)));
        Set<String> ours = new TreeSet<>();
        metrics.names().stream()
                .filter(name -> name.startsWith("framegate_"))
                .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
                .forEach(ours::add);
        assertThat(documented).isEqualTo(ours);
    }

    @Test
    void queriesAreReadAsPrometheusReadsThem() {
        assertThat(PromQl.metrics("sum by (a) (rate(x_total{b!=\"c\"}[5m])) / on (d) y > 3 and time() - z_seconds"))
                .containsOnlyKeys("x_total", "y", "z_seconds")
                .containsEntry("x_total", Set.of("b"));
        assertThat(PromQl.groupings("sum by (a, e) (x) / on (d) y")).containsExactly("a", "d", "e");
    }
}
