package io.framegate.watch.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.FramegateHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class WallProcessorTest {

    private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

    private final MovedClock clock = new MovedClock(NOON);
    private final Wall wall = new Wall(clock, null, 10 << 20);
    private final WallProcessor processor = new WallProcessor(wall);

    private void store(Instant received, String role) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Message image = exchange.getMessage();
        image.setHeader(FramegateHeaders.CAMERA_NAME, "gate");
        image.setHeader(FramegateHeaders.RECEIVED_AT, received.toString());
        image.setHeader(FramegateHeaders.STORED_PATH, role + ".jpg");
        image.setHeader(FramegateHeaders.ROLE, role);
        image.setHeader(FramegateHeaders.MEDIA_TYPE, "image/jpeg");
        image.setHeader(FramegateHeaders.SHA256, "0".repeat(64));
        image.setHeader(FramegateHeaders.WIDTH, 640);
        image.setHeader(FramegateHeaders.HEIGHT, 480);
        image.setHeader(FramegateHeaders.LENGTH, 1000);
        processor.process(exchange);
        // Storing takes its time.
        clock.pass(Duration.ofMillis(7));
    }

    /** Or a camera that sends a scene and a face twice a second would be said to send every few milliseconds. */
    @Test
    void imagesOfOnePacketAreOfOneMoment() {
        for (int packet = 0; packet < 5; packet++) {
            Instant received = NOON.plusMillis(500L * packet);
            store(received, "scene");
            store(received, "face");
        }
        CameraState camera = Objects.requireNonNull(wall.camera("gate")).state();
        assertThat(camera.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(camera.lastSeen()).isEqualTo(NOON.plusMillis(2000));
        assertThat(camera.images()).isEqualTo(10);
    }

    @Test
    void channelsOfARecorderHaveTitlesOfTheirOwn() {
        for (String name : new String[] {"02_00_5E_10_00_75", "02_00_5E_10_00_75-ch2"}) {
            Exchange exchange = new DefaultExchange(new DefaultCamelContext());
            Message event = exchange.getMessage();
            event.setHeader(FramegateHeaders.CAMERA_NAME, name);
            event.setHeader(FramegateHeaders.CAMERA_ID, "02:00:5E:10:00:75");
            event.setHeader(FramegateHeaders.DEVICE_NAME, "Yard");
            event.setHeader(FramegateHeaders.VIDEO_CHANNEL, name.endsWith("2") ? "2" : "1");
            processor.process(exchange);
        }
        assertThat(Objects.requireNonNull(wall.camera("02_00_5E_10_00_75"))
                        .state()
                        .identity()
                        .name())
                .isEqualTo("Yard");
        assertThat(Objects.requireNonNull(wall.camera("02_00_5E_10_00_75-ch2"))
                        .state()
                        .identity()
                        .name())
                .isEqualTo("Yard 2");
    }
}
