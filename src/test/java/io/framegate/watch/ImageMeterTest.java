package io.framegate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.FramegateHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ImageMeterTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ImageMeter meter = new ImageMeter(registry, new CameraMeters(registry, 2));

    private void store(String camera, String role, int length) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(FramegateHeaders.CAMERA_NAME, camera);
        exchange.getMessage().setHeader(FramegateHeaders.ROLE, role);
        exchange.getMessage().setHeader(FramegateHeaders.LENGTH, length);
        meter.process(exchange);
    }

    private double count(String name, String tag, String value) {
        Counter counter = registry.find(name).tag(tag, value).counter();
        return counter == null ? -1 : counter.count();
    }

    @Test
    void imagesCountByRoleAndAllBytes() {
        store("gate", "scene", 100);
        store("gate", "plate", 20);
        store("yard", "scene", 3);
        assertThat(count("framegate.images", "role", "scene")).isEqualTo(2);
        assertThat(count("framegate.images", "role", "plate")).isEqualTo(1);
        assertThat(count("framegate.images", "role", "face")).isZero();
        assertThat(registry.get("framegate.images.stored").counter().count()).isEqualTo(123);
        assertThat(registry.get("framegate.store.duration").timer().count()).isEqualTo(3);
    }

    @Test
    void eachCameraHasItsOwnAndWhenItWasSeen() {
        store("gate", "scene", 100);
        store("gate", "plate", 20);
        assertThat(count("framegate.camera.images", "camera", "gate")).isEqualTo(2);
        assertThat(count("framegate.camera.stored", "camera", "gate")).isEqualTo(120);
        double seen = registry.get("framegate.camera.seen.timestamp")
                .tag("camera", "gate")
                .timeGauge()
                .value(TimeUnit.SECONDS);
        assertThat(seen)
                .isBetween(Instant.now().getEpochSecond() - 60.0, Instant.now().getEpochSecond() + 1.0);
    }

    @Test
    void camerasBeyondTheCapCountTogether() {
        for (String camera : new String[] {"a", "b", "c", "d", "a", "c"}) {
            store(camera, "scene", 1);
        }
        assertThat(count("framegate.camera.images", "camera", "a")).isEqualTo(2);
        assertThat(count("framegate.camera.images", "camera", "b")).isEqualTo(1);
        assertThat(count("framegate.camera.images", "camera", "c")).isEqualTo(-1);
        assertThat(count("framegate.camera.images", "camera", "(others)")).isEqualTo(3);
    }
}
