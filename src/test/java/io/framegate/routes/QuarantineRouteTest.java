package io.framegate.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.image.Pictures;
import io.framegate.receive.NotStoredException;
import io.framegate.store.quarantine.DroppedRejectMeters;
import io.framegate.store.quarantine.DroppedRejects;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class QuarantineRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String only(RunningRoutes routes, String ending) {
        List<String> found = routes.files("quarantine").stream()
                .filter(name -> name.endsWith(ending))
                .toList();
        assertThat(found).hasSize(1);
        return "quarantine/" + found.get(0);
    }

    private static JsonNode note(RunningRoutes routes) throws IOException {
        return JSON.readTree(routes.content(only(routes, ".json")));
    }

    @Test
    void aRejectedPacketIsKeptWithItsReason(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            Exchange done = routes.send(new RejectedPacket(
                    "xml", RejectReason.INCOMPLETE, "connection closed", utf8("<config><mac>"), 13, false));
            assertThat(done.isFailed()).isFalse();
            assertThat(routes.content(only(routes, ".xml"))).isEqualTo(utf8("<config><mac>"));
            assertThat(note(routes).path("reason").asText()).isEqualTo("incomplete");
            assertThat(note(routes).path("detail").asText()).isEqualTo("connection closed");
            assertThat(note(routes).path("peerHost").asText()).isEqualTo(RunningRoutes.PEER_HOST);
            assertThat(routes.files("images")).isEmpty();
        }
    }

    @Test
    void bytesThatAreNoPictureAreKeptAndOtherImagesStored(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            Exchange done = routes.send(
                    TestPacket.face(utf8("no picture at all"), Pictures.encoded(Pictures.photo(20, 10), "jpg")));
            assertThat(done.isFailed()).isFalse();
            assertThat(routes.files("images")).singleElement().asString().endsWith("_face.jpg");
            assertThat(routes.content(only(routes, ".bin"))).isEqualTo(utf8("no picture at all"));
            assertThat(new String(routes.content(only(routes, ".xml")), StandardCharsets.UTF_8))
                    .contains("<sourceBase64Data>image:0</sourceBase64Data>");
            assertThat(note(routes).path("reason").asText()).isEqualTo("not-a-picture");
            assertThat(note(routes).path("role").asText()).isEqualTo("scene");
        }
    }

    @Test
    void noteOfNoPictureSaysWhatItIs(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            routes.send(TestPacket.scene(utf8("%PDF-1.7 and more")));
            assertThat(routes.content(only(routes, ".bin"))).isEqualTo(utf8("%PDF-1.7 and more"));
            assertThat(note(routes).path("detail").asText())
                    .isEqualTo("image of 17 bytes, PDF (expected: JPEG, PNG, GIF, BMP, WebP, TIFF, AVIF, HEIC, JPEG XL"
                            + " or JPEG 2000)");
        }
    }

    @Test
    void damagedBase64IsKeptAsItCame(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            byte[] document = utf8("<config><sourceBase64Data>image:0</sourceBase64Data></config>");
            PacketImage damaged = new PacketImage(utf8("/9j/!!"), "", 6, 26, "base64 ...");
            routes.send(new Packet("xml", document, List.of(damaged), "0".repeat(64), 60));
            assertThat(routes.content(only(routes, ".bin"))).isEqualTo(utf8("/9j/!!"));
            assertThat(note(routes).path("reason").asText()).isEqualTo("bad-base64");
            assertThat(routes.files("images")).isEmpty();
        }
    }

    @Test
    void aPacketThatIsNotWellFormedIsKeptWholeAndItsImagesAreStored(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            byte[] picture = Pictures.encoded(Pictures.photo(20, 10), "jpg");
            byte[] document =
                    utf8("<config><mac>02:00:5E:10:00:01</mec><sourceBase64Data>image:0</sourceBase64Data></config>");
            int position = new String(document, StandardCharsets.UTF_8).indexOf(">image:0<") + 1;
            PacketImage image = new PacketImage(picture, "", 8, position, null);
            Exchange done = routes.send(new Packet("xml", document, List.of(image), "0".repeat(64), 90));
            assertThat(done.isFailed()).isFalse();
            assertThat(routes.files("images")).singleElement().asString().contains("02_00_5E_10_00_01");
            assertThat(note(routes).path("reason").asText()).isEqualTo("malformed");
            assertThat(new String(routes.content(only(routes, ".xml")), StandardCharsets.UTF_8))
                    .startsWith("<config><mac>")
                    .contains("/9j/");
        }
    }

    @Test
    void jsonThatIsNotWellFormedIsKeptAndTheImagesBesideItAreStored(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            byte[] picture = Pictures.encoded(Pictures.photo(20, 10), "jpg");
            byte[] document = utf8("{\"macAddress\": \"02:00:5E:10:00:01\", \"eventType\": VMD}");
            PacketImage image = new PacketImage(picture, "", 8, PacketImage.BESIDE, null);
            Exchange done = routes.send(new Packet("http", document, List.of(image), "0".repeat(64), 90));
            assertThat(done.isFailed()).isFalse();
            assertThat(routes.files("images")).singleElement().asString().contains("02_00_5E_10_00_01");
            assertThat(note(routes).path("reason").asText()).isEqualTo("malformed");
            assertThat(routes.content(only(routes, ".txt"))).isEqualTo(document);
        }
    }

    @Test
    void aPictureAloneIsStoredUnderTheNameItsCameraGave(@TempDir Path directory) {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            byte[] picture = Pictures.encoded(Pictures.photo(20, 10), "jpg");
            PacketImage image = new PacketImage(picture, "", picture.length, 0, null);
            routes.send(new Packet("http", new byte[0], List.of(image), "0".repeat(64), 90).ofCamera("front-door"));
            assertThat(routes.files("images")).singleElement().asString().contains("_front-door_");
            assertThat(routes.files("quarantine")).isEmpty();
        }
    }

    @Test
    void aPictureAloneThatIsNoneHasNoDocumentBesideIt(@TempDir Path directory) {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            PacketImage image = new PacketImage(utf8("GIF8 no picture"), "", 15, 0, null);
            routes.send(new Packet("http", new byte[0], List.of(image), "0".repeat(64), 90));
            assertThat(routes.files("quarantine")).hasSize(2);
            assertThat(routes.content(only(routes, ".bin"))).isEqualTo(utf8("GIF8 no picture"));
        }
    }

    @Test
    void anImageThatCannotBeStoredFailsTheEventAndIsKept(@TempDir Path directory) throws IOException {
        Map<String, String> properties = Map.of(
                "framegate.store.retries",
                "1",
                "framegate.store.retry-delay",
                "100ms",
                "framegate.images.name",
                "a/b.jpg");
        byte[] picture = Pictures.encoded(Pictures.photo(20, 10), "jpg");
        try (RunningRoutes routes = RunningRoutes.in(directory, properties);
                CapturedLog events = CapturedLog.of("io.framegate.events")) {
            // A file where the image needs a directory.
            Files.write(routes.path("images/a"), new byte[1]);
            Exchange done = routes.send(TestPacket.scene(picture));
            assertThat(done.getException()).isInstanceOf(NotStoredException.class);
            assertThat(events.lines()).singleElement().asString().contains("event not stored");
            assertThat(routes.content(only(routes, ".bin"))).isEqualTo(picture);
            assertThat(note(routes).path("reason").asText()).isEqualTo("not-stored");
            assertThat(routes.files("images")).containsExactly("a");
        }
    }

    private static double dropped(RunningRoutes routes, String reason) {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        DroppedRejects dropped =
                routes.context().getRegistry().lookupByNameAndType("droppedRejects", DroppedRejects.class);
        new DroppedRejectMeters(dropped).bindTo(metrics);
        return metrics.get("framegate.quarantine.dropped")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }

    @Test
    void rejectWithoutACopyIsDroppedAndTheOtherImagesAreStored(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of());
                CapturedLog rejected = CapturedLog.of("io.framegate.rejected")) {
            // A file where the copies need a directory.
            Files.write(routes.path("quarantine"), new byte[1]);
            Exchange packet = routes.send(
                    new RejectedPacket("xml", RejectReason.UNKNOWN_FORMAT, "noise", new byte[4096], 4096, false));
            assertThat(packet.isFailed()).isFalse();
            Exchange event = routes.send(
                    TestPacket.face(utf8("no picture at all"), Pictures.encoded(Pictures.photo(20, 10), "jpg")));
            assertThat(event.getException()).isInstanceOf(NotStoredException.class);
            assertThat(routes.files("images")).singleElement().asString().endsWith("_face.jpg");
            assertThat(rejected.lines())
                    .filteredOn(line -> line.contains("no copy kept"))
                    .hasSize(2)
                    .allMatch(line -> line.contains("write-error"));
            assertThat(dropped(routes, "write-error")).isEqualTo(2);
        }
    }

    @Test
    void bytesThatWouldBeAcceptedBesideOthersAreNotIfNoCopyCanBeWritten(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of())) {
            Files.write(routes.path("quarantine"), new byte[1]);
            for (RejectReason reason : RejectReason.values()) {
                Exchange packet = routes.send(new RejectedPacket("http", reason, "raw", new byte[4096], 4096, false));
                assertThat(packet.isFailed()).as(reason.tag()).isEqualTo(reason.isAcceptedBesideOthers());
            }
        }
    }

    @Test
    void eventWhoseDamagedDocumentCannotBeKeptStoresItsImagesAndFails(@TempDir Path directory) throws IOException {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of());
                CapturedLog events = CapturedLog.of("io.framegate.events")) {
            Files.write(routes.path("quarantine"), new byte[1]);
            byte[] picture = Pictures.encoded(Pictures.photo(20, 10), "jpg");
            PacketImage image = new PacketImage(picture, "", 8, PacketImage.BESIDE, null);
            byte[] document = utf8("{\"macAddress\": \"02:00:5E:10:00:01\", \"eventType\": VMD}");
            Exchange done = routes.send(new Packet("http", document, List.of(image), "0".repeat(64), 90));
            assertThat(done.getException()).isInstanceOf(NotStoredException.class);
            assertThat(routes.files("images")).hasSize(1);
            assertThat(events.lines())
                    .singleElement()
                    .asString()
                    .contains("event not stored", "no copy of it could be kept");
            assertThat(dropped(routes, "write-error")).isEqualTo(1);
        }
    }

    @Test
    void imageOfWhichNoCopyMayBeKeptFailsTheEvent(@TempDir Path directory) {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of("framegate.quarantine.max-files", "0"))) {
            Exchange done = routes.send(TestPacket.scene(utf8("%PDF-1.7 and more")));
            assertThat(done.getException()).isInstanceOf(NotStoredException.class);
            assertThat(dropped(routes, "limit")).isEqualTo(1);
        }
    }

    @Test
    void noCopiesAreKeptIfNoFilesAreAllowed(@TempDir Path directory) {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of("framegate.quarantine.max-files", "0"));
                CapturedLog rejected = CapturedLog.of("io.framegate.rejected")) {
            Exchange packet = routes.send(
                    new RejectedPacket("xml", RejectReason.UNKNOWN_FORMAT, "noise", new byte[4096], 4096, false));
            assertThat(packet.isFailed()).isFalse();
            assertThat(routes.files("quarantine")).isEmpty();
            assertThat(rejected.lines())
                    .filteredOn(line -> line.contains("no copy kept"))
                    .hasSize(1);
            assertThat(dropped(routes, "limit")).isEqualTo(1);
        }
    }

    @Test
    void theQuarantineStaysBelowItsSize(@TempDir Path directory) {
        try (RunningRoutes routes = RunningRoutes.in(directory, Map.of("framegate.quarantine.max-size", "20KB"))) {
            for (int i = 0; i < 30; i++) {
                routes.send(
                        new RejectedPacket("xml", RejectReason.UNKNOWN_FORMAT, "noise", new byte[4096], 4096, false));
            }
            long size = routes.files("quarantine").stream()
                    .mapToLong(name -> routes.content("quarantine/" + name).length)
                    .sum();
            assertThat(size).isBetween(4096L, 20L * 1024);
        }
    }
}
