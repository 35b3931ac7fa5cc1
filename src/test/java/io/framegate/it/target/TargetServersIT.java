package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("faults")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TargetServersIT {

    private static final int IMAGE_LENGTH = 300_000;
    private static final Duration FAILS_WITHIN = Duration.ofSeconds(12);
    private static final Duration IS_BACK_WITHIN = Duration.ofSeconds(30);
    private static final Map<String, String> METADATA =
            Map.of("FramegateCameraId", "gate-7", "FramegateCapturedAt", "2026-03-01T12:00:00.125Z");

    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate producer = camel.createProducerTemplate();

    @AfterEach
    void stopCamel() {
        camel.stop();
    }

    @ParameterizedTest
    @EnumSource
    void imagesArriveWithTheirMetadata(Target target, @TempDir Path directory) throws Exception {
        Map<String, byte[]> images = IntStream.range(0, 5)
                .boxed()
                .collect(Collectors.toMap(number -> "2026-03-01/image_" + number + ".jpg", n -> image(IMAGE_LENGTH)));
        try (TargetServer server = target.server(directory)) {
            server.start();
            server.properties().forEach(camel.getPropertiesComponent()::addOverrideProperty);
            target.bind(camel, directory);
            camel.start();

            images.forEach((name, image) -> send(target, name, image));
            assertThat(server.delivered()).hasSameSizeAs(images.entrySet()).allSatisfy(image -> {
                assertThat(image.content()).isEqualTo(images.get(image.name()));
                if (target.takesMetadata()) {
                    assertThat(image.metadata()).containsAllEntriesOf(METADATA);
                }
            });

            server.stop();
            long stopped = System.nanoTime();
            Throwable absence = catchThrowable(() -> send(target, "2026-03-01/away.jpg", image(IMAGE_LENGTH)));
            assertThat(Throwables.getRootCause(absence))
                    .isInstanceOf(target.absence())
                    .isNotExactlyInstanceOf(target.refusal());
            assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(FAILS_WITHIN);

            server.start();
            eventually("sent again", IS_BACK_WITHIN)
                    .untilAsserted(() -> assertThatCode(() -> send(target, "2026-03-01/back.jpg", image(IMAGE_LENGTH)))
                            .doesNotThrowAnyException());
            assertThat(server.delivered().stream().map(Delivered::name))
                    .containsAll(images.keySet())
                    .contains("2026-03-01/back.jpg");

            byte[] unwanted = image(IMAGE_LENGTH);
            if (server.maxLength() < Integer.MAX_VALUE) {
                unwanted = image(server.maxLength() + 1);
            } else {
                server.refuse(name -> name.endsWith("refused.jpg"));
            }
            byte[] refused = unwanted;
            Throwable refusal = catchThrowable(() -> send(target, "2026-03-01/refused.jpg", refused));
            assertThat(Throwables.getRootCause(refusal)).isExactlyInstanceOf(target.refusal());
            send(target, "2026-03-01/next.jpg", image(IMAGE_LENGTH));
            assertThat(server.delivered().stream().map(Delivered::name))
                    .contains("2026-03-01/next.jpg")
                    .doesNotContain("2026-03-01/refused.jpg");
        }
    }

    @ParameterizedTest
    @EnumSource
    void camelStartsWhileTheTargetIsAway(Target target, @TempDir Path directory) throws Exception {
        try (TargetServer server = target.server(directory)) {
            server.properties().forEach(camel.getPropertiesComponent()::addOverrideProperty);
            target.bind(camel, directory);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:deliver").to(target.uri());
                }
            });
            assertThatCode(camel::start).doesNotThrowAnyException();
        }
    }

    private void send(Target target, String name, byte[] image) {
        producer.sendBodyAndHeaders(target.uri(), image, target.headers(name, METADATA));
    }

    private static byte[] image(int length) {
        byte[] bytes = new byte[length];
        new Random().nextBytes(bytes);
        return bytes;
    }
}
