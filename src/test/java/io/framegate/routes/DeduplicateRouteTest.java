package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.image.Pictures;
import io.framegate.receive.NotStoredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A repeated event within the window is accepted but not stored again. */
@Isolated
class DeduplicateRouteTest {

    private static final Map<String, String> ON = Map.of(
            "framegate.deduplicate.window", "10m",
            "framegate.store.retries", "0",
            "framegate.images.name", "sub/${header.FramegateCounter}.${header.FramegateExtension}");

    @TempDir
    private Path directory = Path.of(".");

    private static Packet event() {
        return TestPacket.face(PICTURE, FACE);
    }

    private static final byte[] PICTURE = Pictures.encoded(Pictures.photo(32, 24), "jpeg");
    private static final byte[] FACE = Pictures.encoded(Pictures.photo(16, 12), "jpeg");

    private static void accepted(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
    }

    private static List<String> stored(RunningRoutes routes) {
        return routes.files("images");
    }

    @Test
    void eventSentThreeTimesIsStoredOnceAndSaidToBeRepeated() {
        try (RunningRoutes routes = RunningRoutes.in(directory, ON);
                CapturedLog log = CapturedLog.of("io.framegate.events")) {
            for (int time = 0; time < 3; time++) {
                accepted(routes.send(event()));
            }
            assertThat(stored(routes)).hasSize(2);
            assertThat(log.lines().stream().filter(line -> line.startsWith("INFO event accepted")))
                    .hasSize(1);
            assertThat(log.lines().stream().filter(line -> line.startsWith("INFO event repeated")))
                    .hasSize(2)
                    .allMatch(line -> line.contains("camera=" + TestPacket.MAC + " type=VFD"));
        }
    }

    @Test
    void offEveryCopyIsStored() {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            assertThat(routes.context().getRoute("route-event-once")).isNull();
            for (int time = 0; time < 3; time++) {
                accepted(routes.send(event()));
            }
            assertThat(stored(routes)).hasSize(6);
        }
    }

    @Test
    void anotherEventOfTheSameMomentIsStored() {
        try (RunningRoutes routes = RunningRoutes.in(directory, ON)) {
            accepted(routes.send(TestPacket.scene(PICTURE)));
            accepted(routes.send(event()));
            accepted(routes.send(
                    TestPacket.of("VFD", "02:00:5E:10:00:02").withScene(PICTURE).packet()));
            assertThat(stored(routes)).hasSize(4);
        }
    }

    @Test
    void eventThatCouldNotBeStoredIsStoredWhenItIsSentAgain() throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, ON)) {
            Path obstacle = Files.writeString(routes.path("images/sub"), "in the way");
            assertThat(routes.send(event()).getException()).isInstanceOf(NotStoredException.class);
            Files.delete(obstacle);
            accepted(routes.send(event()));
            accepted(routes.send(event()));
            assertThat(stored(routes)).hasSize(2);
        }
    }

    @Test
    void copiesAtTheSameTimeGiveOneImageEach() {
        try (RunningRoutes routes = RunningRoutes.in(directory, ON)) {
            for (int round = 0; round < 20; round++) {
                Packet packet = TestPacket.of("VFD", "02:00:5E:10:00:" + (10 + round))
                        .withScene(PICTURE)
                        .packet();
                IntStream.range(0, 4).parallel().forEach(copy -> accepted(routes.send(packet)));
            }
            assertThat(stored(routes)).hasSize(20);
        }
    }

    @Test
    void copiesAtTheSameTimeOfWhatCannotBeStoredAreAllToldSo() throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, ON)) {
            Files.writeString(routes.path("images/sub"), "in the way");
            Packet packet = event();
            assertThat(IntStream.range(0, 4)
                            .parallel()
                            .mapToObj(copy -> routes.send(packet).getException())
                            .toList())
                    .hasSize(4)
                    .allMatch(NotStoredException.class::isInstance);
        }
    }

    @Test
    void pictureWithoutATimeOfItsOwnIsNeverARepetition() {
        try (RunningRoutes routes = RunningRoutes.in(directory, ON)) {
            String hash = TestPacket.sha256(PICTURE);
            PacketImage image = new PacketImage(PICTURE, hash, PICTURE.length, 0, null);
            Packet packet = new Packet("jpeg", new byte[0], List.of(image), hash, PICTURE.length);
            // Received in the same instant, as the second of two in one segment may be.
            accepted(routes.send(packet));
            accepted(routes.send(packet));
            assertThat(stored(routes)).hasSize(2);
        }
    }

    @Test
    void eventsWithoutImagesAreNotRemembered() {
        try (RunningRoutes routes = RunningRoutes.in(directory, ON);
                CapturedLog log = CapturedLog.of("io.framegate.events")) {
            Packet heartbeat = new Packet("http", new byte[0], List.of(), TestPacket.sha256(new byte[0]), 0);
            Packet status = TestPacket.of("traject", TestPacket.MAC).packet();
            for (int time = 0; time < 3; time++) {
                accepted(routes.send(heartbeat));
                accepted(routes.send(status));
            }
            assertThat(log.lines()).noneMatch(line -> line.contains("repeated"));
            assertThat(routes.path("images/.framegate/events.log")).doesNotExist();
        }
    }

    @Test
    void restartDoesNotForget() {
        try (RunningRoutes routes = RunningRoutes.in(directory, ON)) {
            accepted(routes.send(event()));
        }
        try (RunningRoutes routes = RunningRoutes.in(directory, ON)) {
            accepted(routes.send(event()));
            assertThat(stored(routes)).hasSize(2);
        }
    }
}
