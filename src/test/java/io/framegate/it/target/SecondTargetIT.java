package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A second target of a kind is one short file and its properties. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SecondTargetIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String DEFAULT_BUCKET = "framegate-images";
    private static final String BUCKET = "archive-images";
    private static final String FILE = "deliver-archive.camel.yaml";
    private static final String ROUTE =
            """
            - templatedRoute:
                routeTemplateRef: deliver-s3
                routeId: deliver-to-archive
                parameters:
                  - name: target
                    value: archive
            """;

    @TempDir
    private Path directory = Path.of(".");

    private GatewayProcess gateway(S3Target server) {
        GatewayProcess gateway = new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.deliver.archive.enabled", "true")
                .with("framegate.deliver.archive.tags", "")
                .with("framegate.deliver.archive.name", "archive/${header.FramegateFileName}")
                .with("framegate.web.enabled", "false");
        server.properties("archive", BUCKET).forEach(gateway::with);
        gateway.writeRoute(FILE, ROUTE);
        return gateway;
    }

    private S3Target server() {
        S3Target server = new S3Target(directory.resolve("server"), BUCKET);
        server.start();
        return server;
    }

    private static byte[] post(GatewayProcess gateway) {
        byte[] image = Pictures.bareJpeg(20_000);
        try (Camera camera = gateway.camera()) {
            camera.send(Http.post("/", EventPackets.scene(image)));
            assertThat(camera.answer().status()).isEqualTo(200);
        }
        return image;
    }

    private static void awaitNames(S3Target server, String bucket, int count, String beginning) {
        eventually(bucket + ": " + count, SOON).ignoreExceptions().untilAsserted(() -> {
            List<String> names =
                    server.delivered(bucket).stream().map(Delivered::name).toList();
            assertThat(names).hasSize(count).anyMatch(name -> name.startsWith(beginning));
        });
    }

    @Test
    void secondTargetFillsItsBucketWhileTheDefaultTargetIsOff() {
        try (S3Target server = server();
                GatewayProcess gateway = gateway(server)) {
            gateway.start();
            byte[] image = post(gateway);
            awaitNames(server, BUCKET, 1, "archive/image_");
            assertThat(server.delivered(BUCKET).get(0).content()).isEqualTo(image);
            assertThat(server.delivered()).isEmpty();
        }
    }

    @Tag("faults")
    @Test
    void secondTargetIsReloadedWithItsTemplate() throws IOException {
        try (S3Target server = server();
                GatewayProcess gateway = gateway(server)) {
            gateway.with("framegate.deliver.s3.enabled", "true");
            server.properties().forEach(gateway::with);
            gateway.start();
            post(gateway);
            awaitNames(server, BUCKET, 1, "archive/image_");
            awaitNames(server, DEFAULT_BUCKET, 1, "");

            gateway.editRoute(
                    "deliver-s3.camel.yaml",
                    "        steps:\n",
                    """
                            steps:
                              - setHeader:
                                  name: CamelFileName
                                  expression:
                                    simple:
                                      expression: "edited/${header.FramegateFileName}"
                    """);
            gateway.awaitLog(SOON, "routes changed", "deliver-s3.camel.yaml");
            post(gateway);
            awaitNames(server, BUCKET, 2, "edited/image_");
            awaitNames(server, DEFAULT_BUCKET, 2, "edited/image_");

            Files.delete(gateway.routes().resolve(FILE));
            gateway.awaitLog(SOON, "routes changed", FILE, "removed deliver-to-archive");
            post(gateway);
            awaitNames(server, DEFAULT_BUCKET, 3, "");
            awaitNames(server, BUCKET, 2, "");

            gateway.writeRoute(FILE, ROUTE.replace("deliver-s3", "deliver-s4"));
            gateway.awaitLog(SOON, "routes refused", FILE, "deliver-s4");
            gateway.writeRoute(FILE, ROUTE.replace("    routeId: deliver-to-archive\n", ""));
            gateway.awaitLog(SOON, "routes refused", FILE, "no id");
            gateway.writeRoute(FILE, ROUTE.replace("deliver-to-archive", "deliver-to-s3"));
            gateway.awaitLog(SOON, "routes refused", FILE, "route deliver-to-s3: also in deliver-s3.camel.yaml");
            gateway.writeRoute(FILE, ROUTE);
            // What it missed was waiting for it.
            awaitNames(server, BUCKET, 3, "edited/image_");
        }
    }
}
