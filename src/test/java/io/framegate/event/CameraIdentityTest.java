package io.framegate.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraIdentityTest {

    private static final String LOCAL = "{\"time\": \"2026-01-01 10:00:00\", \"mac\": \"02005e100075\"}";

    private static CameraEvent read(String document, @Nullable String name, DocumentRules rules) throws IOException {
        Packet packet = new Packet("http", document.getBytes(UTF_8), List.of(), "00", 0);
        Sender sender = new Sender(Documents.PEER, name, Documents.RECEIVED_AT);
        return CameraDocument.read(new ObjectMapper().readTree(document), packet, sender, rules);
    }

    private static DocumentRules zones(Map<String, ZoneId> zones) {
        return new DocumentRules(ZoneOffset.UTC, zones, Keepalives.standard(), true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"channelId\": \"1\" | 02:00:5E:10:00:75",
                "\"channelID\": 0 | 02:00:5E:10:00:75",
                "\"channelID\": 2 | 02:00:5E:10:00:75-ch2",
                "\"channelID\": \"02\" | 02:00:5E:10:00:75-ch2",
                "\"channelId\": \"D4\" | 02:00:5E:10:00:75-chD4",
                "\"channelId\": \"../4\" | 02:00:5E:10:00:75",
                "\"channelId\": \"\" | 02:00:5E:10:00:75",
                "\"Code\": \"VideoMotion\", \"Action\": \"Start\", \"Index\": 0 | 02:00:5E:10:00:75",
                "\"Code\": \"VideoMotion\", \"Action\": \"Start\", \"Index\": 1 | 02:00:5E:10:00:75-ch1",
                "\"Code\": \"VideoMotion\", \"Action\": \"Start\", \"Data\": {\"Channel\": 3} | 02:00:5E:10:00:75-ch3",
            })
    void furtherChannelsAreCamerasOfTheirOwn(String fields, String camera) throws IOException {
        String document = "{\"mac\": \"02:00:5e:10:00:75\", " + fields + "}";
        CameraEvent event = read(document, null, DocumentRules.STANDARD);
        assertThat(event.camera()).isEqualTo(camera);
        assertThat(event.cameraId()).isEqualTo("02:00:5E:10:00:75");
        assertThat(event.macAddress()).isEqualTo("02:00:5E:10:00:75");
        DocumentRules together = new DocumentRules(ZoneOffset.UTC, Map.of(), Keepalives.standard(), false);
        assertThat(read(document, null, together).camera()).isEqualTo("02:00:5E:10:00:75");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"camera_mac\": \"02-00-5e-10-00-39\"} | 02:00:5E:10:00:39",
                "{\"a\": {\"PhysicalAddress\": [2, 0, 94, 16, 0, 35]}} | 02:00:5E:10:00:23",
                "{\"PhysicalAddress\": [2, 0, 94, 16, 0, 256], \"x\": 1} | 203.0.113.5",
                "{\"PhysicalAddress\": [2, 0, 94]} | 203.0.113.5",
                "{\"DeviceID\": \"02005e100013\"} | 02:00:5E:10:00:13",
                "{\"DeviceID\": \"310100001190\"} | 310100001190",
                "{\"camera\": \"entrance_gate\"} | entrance_gate",
                "{\"camera\": \"../gate\"} | 203.0.113.5",
                "{\"camera_id\": 2} | 203.0.113.5-ch2",
                "{\"camera_id\": 2, \"DeviceID\": \"1a85820a-9edf\"} | 1a85820a-9edf",
            })
    void documentNamesItsCamera(String document, String camera) throws IOException {
        assertThat(read(document, null, DocumentRules.STANDARD).camera()).isEqualTo(camera);
    }

    @Test
    void operatorsNameGoesBeforeTheDocumentsIdAndAfterItsMacAddress() throws IOException {
        assertThat(read("{\"DeviceID\": \"x7\"}", "yard", DocumentRules.STANDARD)
                        .cameraId())
                .isEqualTo("yard");
        assertThat(read(LOCAL, "yard", DocumentRules.STANDARD).cameraId()).isEqualTo("02:00:5E:10:00:75");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.5, 2026-01-01T09:00:00Z",
        "02:00:5E:10:00:75, 2026-01-01T09:00:00Z",
        "yard, 2026-01-01T09:00:00Z",
        "203.0.113.6, 2026-01-01T10:00:00Z"
    })
    void zoneIsGivenByAddressIdOrName(String camera, String capturedAt) throws IOException {
        CameraEvent event = read(LOCAL, "yard", zones(Map.of(camera, ZoneId.of("Europe/Berlin"))));
        assertThat(event.capturedAt()).isEqualTo(capturedAt);
        assertThat(event.attributes()).containsEntry("time", "2026-01-01 10:00:00");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"TimeZone\": 1', 2026-01-01T09:00:00Z",
        "'\"TimeZone\": 12', 2026-01-01T03:00:00Z",
        "'\"TimeZone\": 12, \"DSTTune\": 1', 2026-01-01T02:00:00Z",
        "'\"TimeZone\": 24', 2026-01-01T14:00:00Z",
        "'\"TimeZone\": 99', 2026-01-01T10:00:00Z",
        "'\"TimeZone\": \"+02:00\"', 2026-01-01T08:00:00Z",
        "'\"TimeZone\": \"nowhere\"', 2026-01-01T10:00:00Z",
    })
    void dahuasTimeZoneIsAnIndex(String zone, String capturedAt) throws IOException {
        String document = "{\"Picture\": {\"SnapInfo\": {\"SnapTime\": \"2026-01-01 10:00:00\", " + zone + "}}}";
        assertThat(read(document, null, DocumentRules.STANDARD).capturedAt()).isEqualTo(capturedAt);
        DocumentRules tokyo = zones(Map.of(Documents.PEER, ZoneId.of("Asia/Tokyo")));
        assertThat(read(document, null, tokyo).capturedAt()).isEqualTo("2026-01-01T01:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Time\": \"2026-01-01 10:00:00\", \"a\": {\"b\": {\"UTC\": 1767261601}}} | 2026-01-01T10:00:01Z",
                "{\"UTC\": 0, \"time\": \"2026-01-01T10:00:02Z\"} | 2026-01-01T10:00:02Z",
                "{\"UTC\": 1767261603, \"UTCMS\": 45} | 2026-01-01T10:00:03.045Z",
                "{\"UTC\": 1767261603, \"UTCMS\": 1045} | 2026-01-01T10:00:03Z",
                "{\"UTC\": 1767265203, \"RealUTC\": 1767261604} | 2026-01-01T10:00:04Z",
                "{\"a\": {\"timestamp\": 1767261605}, \"time\": 1767261606123} | 2026-01-01T10:00:06.123Z",
                "{\"time\": \"1999-01-01 10:00:00\", \"a\": {\"time\": \"2026-01-01 10:00:07\"}} | 2026-01-01T10:00:07Z",
            })
    void epochGoesBeforeLocalTimeAndPossibleBeforeImpossible(String document, String capturedAt) throws IOException {
        assertThat(read(document, null, DocumentRules.STANDARD).capturedAt()).isEqualTo(capturedAt);
    }
}
