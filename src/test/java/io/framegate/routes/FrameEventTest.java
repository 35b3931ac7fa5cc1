package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.image.Pictures;
import io.framegate.intake.FramegateHeaders;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of a picture that comes without an event. */
class FrameEventTest {

    private static final byte[] PHOTO = Pictures.encoded(Pictures.photo(64, 48), "jpeg");

    @TempDir
    private Path directory = Path.of(".");

    private Message event(Instant sentAt, Map<String, String> properties) {
        PacketImage image = new PacketImage(PHOTO, TestPacket.sha256(PHOTO), PHOTO.length, 0, null);
        Packet frame =
                new Packet("length64", new byte[0], List.of(image), TestPacket.sha256(PHOTO), PHOTO.length, sentAt);
        try (RunningRoutes routes = RunningRoutes.in(directory, properties)) {
            return routes.send(frame).getMessage();
        }
    }

    @Test
    void timeOfSendingIsTheCaptureTimeAndSaysHowLongTheWayTook() {
        Message event = event(RunningRoutes.RECEIVED_AT.minusMillis(120), Map.of());
        assertThat(event.getHeaders())
                .containsEntry(FramegateHeaders.CAPTURED_AT, "2026-03-29T07:58:20.880Z")
                .containsEntry(FramegateHeaders.LATENCY, 120L)
                .containsEntry(FramegateHeaders.EVENT_TYPE, "frame")
                .containsEntry(FramegateHeaders.CAMERA_ID, RunningRoutes.PEER_HOST);
    }

    @Test
    void clockThatIsAheadMakesTheWayTakeLessThanNoTime() {
        Message event = event(RunningRoutes.RECEIVED_AT.plusMillis(50), Map.of());
        assertThat(event.getHeader(FramegateHeaders.LATENCY)).isEqualTo(-50L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2031-01-01T00:00:00Z"})
    void impossibleTimeOfSendingIsNone(Instant sentAt) {
        Message event = event(sentAt, Map.of());
        assertThat(event.getHeaders())
                .containsEntry(FramegateHeaders.CAPTURED_AT, RunningRoutes.RECEIVED_AT.toString())
                .doesNotContainKey(FramegateHeaders.LATENCY);
    }

    @Test
    void senderIsCalledByTheNameGivenForItsAddress() {
        Message event = event(
                RunningRoutes.RECEIVED_AT,
                Map.of("framegate.cameras.names", RunningRoutes.PEER_HOST + "=front door, 192.0.2.1=yard"));
        assertThat(event.getHeaders())
                .containsEntry(FramegateHeaders.CAMERA_ID, "front door")
                .containsEntry(FramegateHeaders.CAMERA_NAME, "front_door");
    }
}
