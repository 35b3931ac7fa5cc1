package io.framegate.event;

import static io.framegate.event.Documents.PEER;
import static io.framegate.event.Documents.RECEIVED_AT;
import static io.framegate.event.Documents.readJson;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventNotificationTest {

    private static Packet packet(String document, @Nullable Role... roles) {
        List<PacketImage> images = Arrays.stream(roles)
                .map(role -> new PacketImage(new byte[1], "", 1, PacketImage.BESIDE, null, role))
                .toList();
        return new Packet("http", document.getBytes(UTF_8), images, "00", 0);
    }

    private static CameraEvent read(String document) throws IOException {
        return readJson(document, packet(document));
    }

    private static List<Role> roles(@Nullable Role... called) throws IOException {
        return readJson("{}", packet("{}", called)).images().stream()
                .map(CameraImage::role)
                .toList();
    }

    @Test
    void plateEventAsXmlHasItsFields() throws IOException {
        CameraEvent event = Documents.readFixture("hikvision", 0);

        assertThat(event.type()).isEqualTo("ANPR");
        assertThat(event.cameraId()).isEqualTo("02:00:5E:10:00:02").isEqualTo(event.macAddress());
        assertThat(event.deviceName()).isEqualTo("Hof");
        assertThat(event.videoChannel()).isEqualTo("1");
        assertThat(event.capturedAt()).isEqualTo(Instant.parse("2026-01-01T11:30:00Z"));
        assertThat(event.problem()).isNull();
        assertThat(event.attributes())
                .containsOnly(
                        entry("version", "2.0"),
                        entry("ipAddress", "192.0.2.64"),
                        entry("protocol", "HTTP"),
                        entry("activePostCount", "1"),
                        entry("eventState", "active"),
                        entry("eventDescription", "ANPR"),
                        entry("channelName", "Gate"),
                        entry("country", "0"),
                        entry("plateNumber", "FG042X"),
                        entry("confidenceLevel", "99"),
                        entry("direction", "forward"));
    }

    @Test
    void sameFieldsAsJsonAreTheSameEvent() throws IOException {
        String fields =
                """
                {"ipAddress": "192.0.2.64", "protocol": "HTTP", "macAddress": "02:00:5e:10:00:02", "channelID": 1,
                 "dateTime": "2026-01-01T12:30:00+01:00", "activePostCount": 1, "eventType": "ANPR", "eventState": "active",
                 "eventDescription": "ANPR", "channelName": "Gate", "deviceName": "Hof", "version": "2.0",
                 "ANPR": {"country": 0, "licensePlate": "FG042X", "confidenceLevel": 99, "direction": "forward"}}
                """;
        CameraEvent asXml = Documents.readFixture("hikvision", 0);
        assertThat(read(fields)).isEqualTo(asXml);
        assertThat(read("{\"EventNotificationAlert\": " + fields + "}")).isEqualTo(asXml);
    }

    @Test
    void dahuaEventHasItsTypeAndPlate() throws IOException {
        CameraEvent event = read("{\"Action\": \"Pulse\", \"Code\": \"TrafficJunction\", \"Index\": 0,"
                + " \"Data\": {\"Plate\": {\"PlateNumber\": \"FG 42\"}, \"Null\": null}}");
        assertThat(event.type()).isEqualTo("TrafficJunction");
        assertThat(event.attributes()).containsEntry("plateNumber", "FG 42").doesNotContainKey("Null");
    }

    @ParameterizedTest
    @CsvSource({"videoloss, active", "VMD, inactive", "VMD, active"})
    void eventWithoutImagesIsAnEvent(String type, String state) throws IOException {
        CameraEvent event = read("{\"eventType\": \"" + type + "\", \"eventState\": \"" + state + "\"}");
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.cameraId()).isEqualTo(PEER);
        assertThat(event.attributes()).containsOnly(entry("eventState", state));
        assertThat(event.problem()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T12:30:00+01:00, 2026-01-01T11:30:00Z",
        "2026-01-01T12:30:00+0100, 2026-01-01T11:30:00Z",
        "2026-01-01T12:30:00.250-05:00, 2026-01-01T17:30:00.250Z",
        "2026-01-01 11:30:00Z, 2026-01-01T11:30:00Z",
    })
    void dateTimeWithAZoneIsTheCamerasClock(String dateTime, Instant capturedAt) throws IOException {
        CameraEvent event = read("{\"dateTime\": \"" + dateTime + "\"}");
        assertThat(event.capturedAt()).isEqualTo(capturedAt);
        assertThat(event.attributes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01T25:30:00", "1970-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "2026-13-01T12:30:00Z", "today"})
    void otherDateTimeIsAnAttribute(String dateTime) throws IOException {
        CameraEvent event = read("{\"dateTime\": \"" + dateTime + "\"}");
        assertThat(event.capturedAt()).isEqualTo(RECEIVED_AT);
        assertThat(event.attributes()).containsOnly(entry("dateTime", dateTime));
    }

    @Test
    void firstImageIsTheSceneUnlessAnotherIsCalledSo() throws IOException {
        assertThat(roles(null, null)).containsExactly(Role.SCENE, Role.TARGET);
        assertThat(roles(Role.PLATE, null, null)).containsExactly(Role.PLATE, Role.SCENE, Role.TARGET);
        assertThat(roles(null, Role.SCENE)).containsExactly(Role.TARGET, Role.SCENE);
        assertThat(roles(Role.PLATE)).containsExactly(Role.PLATE);
        assertThat(roles(Role.FACE, Role.SCENE)).containsExactly(Role.FACE, Role.SCENE);
    }

    @Test
    void numberInADocumentIsNoImageBesideIt() throws IOException {
        String document = "{\"faceListInfo\": {\"targetBase64Data\": \"0\"}}";
        CameraEvent event = readJson(document, packet(document, (Role) null));
        assertThat(event.images()).extracting(CameraImage::role).containsExactly(Role.SCENE);
    }

    @Test
    void cameraIsWhatTheRequestCallsItUnlessTheDocumentSays() throws IOException {
        String document = "{\"macAddress\": \"02:00:5e:10:00:02\"}";
        assertThat(readJson("{}", packet("{}").ofCamera("door")).cameraId()).isEqualTo("door");
        assertThat(readJson(document, packet(document).ofCamera("door")).cameraId())
                .isEqualTo("02:00:5E:10:00:02");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eventType\": \"VMD\", \"ANPR\": {\"licensePlate\": \"FG42\"}, \"a\": x}",
                "{\"eventType\": \"VMD\", \"ANPR\": {\"licensePlate\": \"FG42\"}",
                "{\"eventType\": \"VMD\", \"list\": [[1], {\"b\": 2}], \"ANPR\": {\"licensePlate\": \"FG42\", \"cut",
                "{\"EventNotificationAlert\": {\"eventType\": \"VMD\", \"ANPR\": {\"licensePlate\": \"FG42\"}, ,",
            })
    void whatStandsBeforeTheFaultIsRead(String document) {
        CameraEvent event = CameraDocument.readLeniently(packet(document, (Role) null), PEER, RECEIVED_AT, "fault");
        assertThat(event.type()).isEqualTo("VMD");
        assertThat(event.attributes()).containsEntry("plateNumber", "FG42");
        assertThat(event.images()).hasSize(1);
        assertThat(event.problem()).isEqualTo("fault");
    }

    @Test
    void deepJsonIsReadWithoutRecursion() {
        String document = "{\"eventType\": \"VMD\", \"a\": " + "{\"a\":".repeat(50_000) + "[".repeat(50_000);
        CameraEvent event = CameraDocument.readLeniently(packet(document), PEER, RECEIVED_AT, "fault");
        assertThat(event.type()).isEqualTo("VMD");
    }
}
