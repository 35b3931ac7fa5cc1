package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.durable.Durability;
import io.framegate.watch.OutboxMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

    @TempDir
    private Path directory = Path.of(".");

    private static Claim claim(Instant received) {
        return new Claim("image_17.jpg", Map.of(FramegateHeaders.RECEIVED_AT, received.toString()));
    }

    private static double gauge(MeterRegistry metrics, String name, String target) {
        return metrics.get(name).tag("target", target).gauge().value();
    }

    @Test
    void targetIsOpenOnce() {
        try (Outbox outbox = new Outbox(directory, List.of("ftp", "s3"), Durability.NONE)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new Outbox(directory, List.of("file", "s3"), Durability.NONE))
                    .withMessage("framegate.outbox.directory: " + directory.resolve("s3")
                            + " is in use (expected: one that no other gateway has)");
            assertThat(outbox.targets()).containsExactly("ftp", "s3");
        }
        new Outbox(directory, List.of("file", "s3"), Durability.NONE).close();
    }

    @Test
    void claimsContinueInADirectoryThatIsMadeAgain() throws Exception {
        Path claims = directory.resolve("outbox");
        try (Outbox outbox = new Outbox(claims, List.of("ftp"), Durability.NONE)) {
            ClaimLog log = outbox.log("ftp");
            Instant now = Instant.now();
            for (int number = 0; number < 3; number++) {
                log.settle(log.append(claim(now)));
            }
            log.done(0);
            Files.move(claims, directory.resolve("moved"));
            outbox.ensure();
            assertThat(log.waiting()).isEqualTo(2);
            assertThat(Objects.requireNonNull(log.await(0)).number()).isEqualTo(1);
            log.done(1);
            log.settle(log.append(claim(now)));
            assertThatIllegalStateException().isThrownBy(() -> new Outbox(claims, List.of("ftp"), Durability.NONE));
        }
        try (Outbox outbox = new Outbox(claims, List.of("ftp"), Durability.NONE)) {
            assertThat(outbox.waiting("ftp")).isEqualTo(2);
        }
    }

    @Test
    void metricsSayWhatWaitsSinceWhenAndWhatWasRefused() throws Exception {
        try (Outbox outbox = new Outbox(directory, List.of("ftp", "s3"), Durability.NONE)) {
            MeterRegistry metrics = new SimpleMeterRegistry();
            new OutboxMetrics(outbox).bindTo(metrics);
            assertThat(gauge(metrics, "framegate.outbox.oldest.age", "ftp")).isZero();
            ClaimLog log = outbox.log("ftp");
            Instant now = Instant.now();
            log.settle(log.append(claim(now.minusSeconds(500))));
            log.settle(log.append(claim(now.minusSeconds(90))));
            log.settle(log.append(claim(now)));
            log.done(0);
            outbox.setAside("s3").add("17-gate", claim(now), "403");
            assertThat(gauge(metrics, "framegate.outbox.waiting", "ftp")).isEqualTo(2);
            assertThat(metrics.get("framegate.outbox.oldest.age")
                            .tag("target", "ftp")
                            .timeGauge()
                            .value(TimeUnit.SECONDS))
                    .isBetween(90.0, 400.0);
            assertThat(gauge(metrics, "framegate.outbox.set.aside", "ftp")).isZero();
            assertThat(gauge(metrics, "framegate.outbox.set.aside", "s3")).isEqualTo(1);
        }
    }

    @Test
    void claimThatDoesNotSaySinceWhenWaitsForNoTime() throws Exception {
        try (Outbox outbox = new Outbox(directory, List.of("ftp"), Durability.NONE)) {
            ClaimLog log = outbox.log("ftp");
            log.settle(log.append(Claim.NONE));
            assertThat(outbox.oldest("ftp")).isEqualTo(Duration.ZERO);
        }
    }
}
