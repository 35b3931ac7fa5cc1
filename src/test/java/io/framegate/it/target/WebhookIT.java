package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static io.framegate.it.target.EventPackets.NAME;
import static io.framegate.it.target.EventPackets.crossing;
import static io.framegate.it.target.EventPackets.json;
import static io.framegate.it.target.EventPackets.post;
import static io.framegate.it.target.EventPackets.scene;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What comes to an HTTP server: forms, bare images at an address of each camera's own, over TLS. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WebhookIT {

    private static final Duration ARRIVES = Duration.ofSeconds(40);

    private static GatewayProcess gateway(HttpTarget server, Path directory) {
        return DeliverIT.gateway(Target.HTTP, server, directory);
    }

    private static byte[] image(int length) {
        return Pictures.bareJpeg(length);
    }

    private static List<Delivered> await(HttpTarget server, int count) {
        List<Delivered> arrived = new ArrayList<>();
        eventually("arrived: " + count, ARRIVES).untilAsserted(() -> {
            arrived.clear();
            arrived.addAll(server.delivered());
            assertThat(arrived).hasSizeGreaterThanOrEqualTo(count);
        });
        assertThat(arrived).hasSize(count);
        return arrived;
    }

    @Tag("faults")
    @Test
    void eventsSurviveAKillARefusalAndAreTriedAgain(@TempDir Path directory) throws IOException {
        try (HttpTarget server = new HttpTarget();
                GatewayProcess gateway = gateway(server, directory).with("framegate.deliver.http.events", "PEA")) {
            gateway.start();
            post(gateway, crossing(1), crossing(2));
            gateway.awaitLog(ARRIVES, "not delivered, trying again");
            gateway.kill();
            server.start();
            server.refuse(name -> true);
            gateway.start();
            gateway.awaitLog(ARRIVES, "nothing is set aside", "target=\"http\"");
            eventually("set aside", ARRIVES).untilAsserted(() -> {
                // One after the other, because they are of one camera.
                DeliverIT.outbox(gateway, "--set-aside", "http");
                assertThat(DeliverIT.outbox(gateway))
                        .contains("http waiting=0 setAside=2")
                        .containsPattern(
                                "  event-" + NAME + "-\\S+ at=\\S+ event=event_" + NAME + "\\S+\\.json reason=\"");
            });
            server.refuse(name -> false);
            DeliverIT.outbox(gateway, "--retry", "http");
            assertThat(await(server, 2)).allMatch(EventPackets::isDocument);
            assertThat(gateway.log()).doesNotContain("test-secret");
        }
    }

    @Test
    void formHasTheEventAndTheImage(@TempDir Path directory) {
        try (HttpTarget server = new HttpTarget();
                GatewayProcess gateway = gateway(server, directory)
                        .with("framegate.deliver.http.body", "multipart")
                        .with("framegate.deliver.http.events", "true")) {
            server.start();
            gateway.start();
            byte[] image = image(20_000);
            post(gateway, scene(image), crossing(1));
            List<Delivered> arrived = await(server, 2);
            List<MultipartForm.Part> parts = MultipartForm.parts(arrived.get(0));
            assertThat(parts).extracting(MultipartForm.Part::name).containsExactly("event", "image");
            assertThat(parts.get(0).type()).startsWith("application/json");
            assertThat(json(parts.get(0).content()).path("sha256").asText()).isEqualTo(Pictures.sha256(image));
            assertThat(parts.get(1).type()).isEqualTo("image/jpeg");
            assertThat(parts.get(1).fileName()).matches("image_1_" + NAME + "_\\w+\\.jpg");
            assertThat(parts.get(1).content()).isEqualTo(image);
            assertThat(MultipartForm.parts(arrived.get(1)))
                    .extracting(MultipartForm.Part::name)
                    .containsExactly("event");
        }
    }

    @Tag("faults")
    @Test
    void imagesArePutAsAzuresBlobStorageWantsThem(@TempDir Path directory) {
        try (HttpTarget server = HttpTarget.withoutPassword();
                GatewayProcess gateway = gateway(server, directory)
                        .with(
                                "framegate.deliver.http.url",
                                server.properties().get("framegate.deliver.http.url")
                                        + "/${header.FramegateCameraName}/${header.FramegateReceivedDate}"
                                        + "/${header.FramegateFileName}?sv=2024-11-04&sp=cw&sig=test-secret%2B%2F%3D")
                        .with("framegate.deliver.http.method", "PUT")
                        .with(
                                "framegate.deliver.http.headers",
                                "x-ms-blob-type=BlockBlob, X-Camera=${header.FramegateCameraName}, X-Key=test-secret")) {
            server.start();
            gateway.start();
            byte[] image = image(20_000);
            post(gateway, scene(image));
            Delivered put = await(server, 1).get(0);
            assertThat(put.content()).isEqualTo(image);
            assertThat(put.metadata())
                    .containsEntry("x-ms-blob-type", "BlockBlob")
                    .containsEntry("x-camera", NAME)
                    .containsEntry("content-type", "image/jpeg")
                    .containsEntry("content-length", Integer.toString(image.length))
                    .doesNotContainKeys("transfer-encoding", "authorization");
            assertThat(put.metadata().get(HttpTarget.REQUEST))
                    .matches("PUT /images/" + NAME + "/[0-9]{4}/[0-9]{2}/[0-9]{2}/image_1_" + NAME
                            + "_\\w+\\.jpg\\?sv=2024-11-04&sp=cw&sig=test-secret%2B%2F%3D");
            server.refuse(name -> true, 403);
            post(gateway, scene(image(20_001)));
            gateway.awaitLog(ARRIVES, "not delivered, set aside", "statusCode: 403");
            assertThat(gateway.log()).doesNotContain("test-secret");
        }
    }

    @Tag("faults")
    @Test
    void imagesComeToAServerWhoseCertificateIsTrustedAndToNoOther(@TempDir Path directory) {
        Certificate certificate = Certificate.in(directory.resolve("certificate"));
        try (HttpTarget server = HttpTarget.overTls(certificate);
                GatewayProcess gateway = gateway(server, directory)) {
            server.start();
            gateway.start();
            byte[] first = image(20_000);
            post(gateway, scene(first));
            gateway.awaitLog(ARRIVES, "not delivered, trying again", "PKIX path building failed");
            assertThat(server.delivered()).isEmpty();
            gateway.terminate();

            gateway.with("javax.net.ssl.trustStore", certificate.trustStore().toString())
                    .with("javax.net.ssl.trustStorePassword", Certificate.PASSWORD)
                    .start();
            byte[] second = image(20_001);
            post(gateway, scene(second));
            assertThat(await(server, 2)).extracting(Delivered::content).containsExactly(first, second);
            assertThat(gateway.log()).doesNotContain("test-secret");
        }
    }
}
