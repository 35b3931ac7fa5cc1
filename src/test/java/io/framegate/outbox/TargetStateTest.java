package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.framegate.store.durable.Durability;
import io.framegate.watch.TargetHealth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetStateTest {

    @TempDir
    private Path directory = Path.of(".");

    private final TargetState target = new TargetState();

    @Test
    void isThereUntilAnAttemptFails() {
        assertThat(target.absence()).isNull();
        target.away("ConnectException: refused");
        assertThat(target.absence())
                .asInstanceOf(type(TargetState.Absence.class))
                .extracting(TargetState.Absence::reason)
                .isEqualTo("ConnectException: refused");
    }

    @Test
    void isAwaySinceTheFirstAttemptForTheReasonOfTheLast() {
        target.away("first");
        TargetState.Absence before = Objects.requireNonNull(target.absence());
        target.away("second");
        assertThat(target.absence()).isEqualTo(new TargetState.Absence(before.since(), "second", false));
    }

    @Test
    void isThereAgainWhenItTakesSomething() {
        target.away("away");
        target.delivered(null);
        assertThat(target.absence()).isNull();
        assertThat(target.countDelivered()).isEqualTo(1);
        assertThat(target.countFailed()).isEqualTo(1);
    }

    @Test
    void isThereWhenItRefuses() {
        target.away("away");
        target.refused();
        assertThat(target.absence()).isNull();
    }

    @Test
    void timeIsFromTheReceipt() {
        List<Duration> times = new ArrayList<>();
        target.setTimer(times::add);
        target.delivered(Instant.now().minusSeconds(90));
        target.delivered(null);
        assertThat(times).singleElement().satisfies(time -> assertThat(time)
                .isBetween(Duration.ofSeconds(90), Duration.ofMinutes(2)));
    }

    @Test
    void healthIsDownWithTheReasonWhileItIsAway() {
        try (Outbox outbox = new Outbox(directory, List.of("ftp"), Durability.NONE)) {
            TargetHealth health = new TargetHealth(outbox, "ftp");
            health.setCamelContext(new DefaultCamelContext());
            assertThat(health.call(Map.of()).getState()).isEqualTo(HealthCheck.State.UP);
            outbox.state("ftp").away("ConnectException: refused");
            HealthCheck.Result down = health.call(Map.of());
            assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(down.getMessage()).hasValueSatisfying(message -> assertThat(message)
                    .matches("ftp has been away for \\d+ s, 0 images and events wait for it:"
                            + " ConnectException: refused"));
            outbox.state("ftp").delivered(null);
            assertThat(health.call(Map.of()).getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(health.isReadiness() || health.isLiveness()).isFalse();
        }
    }
}
