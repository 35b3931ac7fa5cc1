package io.framegate.watch.wall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class CamerasHealthTest {

    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-29T10:00:00Z"));
    private final Wall wall = new Wall(clock, Duration.ofSeconds(30), 10 << 20);

    private void send(String camera) {
        wall.add(
                camera,
                new CameraIdentity(camera, null, "192.0.2.1", null),
                clock.instant(),
                "VFD",
                Map.of(),
                null,
                null);
    }

    private HealthCheck.Result call(boolean certain) {
        CamerasHealth health = new CamerasHealth(wall, certain);
        health.setCamelContext(new DefaultCamelContext());
        return health.call(Map.of());
    }

    @Test
    void upWithoutAnyCamera() {
        assertThat(call(true).getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void downWithTheNameOfWhoIsSilentAndUpWhenItSends() {
        send("gate");
        clock.pass(Duration.ofSeconds(20));
        send("yard");
        clock.pass(Duration.ofSeconds(20));
        HealthCheck.Result down = call(true);
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage())
                .hasValue("silent for framegate.web.silent-after: gate since 2026-03-29T10:00:00Z");
        assertThat(down.getDetails()).containsEntry("silent", 1).containsEntry("cameras", 2);
        send("gate");
        assertThat(call(true).getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void manyAreNotAllNamed() {
        for (int camera = 100; camera < 115; camera++) {
            send("camera" + camera);
        }
        clock.pass(Duration.ofMinutes(1));
        assertThat(call(true).getMessage())
                .hasValueSatisfying(message -> assertThat(message).endsWith(" and 5 more"));
    }

    @Test
    void upWhereSilenceIsAGuess() {
        send("gate");
        clock.pass(Duration.ofMinutes(1));
        HealthCheck.Result up = call(false);
        assertThat(up.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(up.getDetails()).containsEntry("silent", 1);
    }
}
