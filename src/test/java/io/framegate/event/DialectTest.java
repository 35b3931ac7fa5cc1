package io.framegate.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<config version='1.7'><mac/></config> | TVT",
                "<?xml version='1.0'?><DeviceInfo><mac/></DeviceInfo> | TVT",
                "<EventNotificationAlert><eventType>VMD</eventType></EventNotificationAlert> | HIKVISION",
                "<other><config/></other> | OTHER",
                "{\"EventNotificationAlert\": {\"eventType\": \"VMD\"}} | HIKVISION",
                "{\"eventType\": \"VMD\", \"eventState\": \"active\"} | HIKVISION",
                "{\"eventType\": \"VMD\", \"channelID\": 1} | HIKVISION",
                "{\"eventType\": \"VMD\"} | OTHER",
                "{\"Code\": \"VideoMotion\", \"Action\": \"Start\"} | DAHUA",
                "{\"Channel\": 0, \"Events\": [{\"Code\": \"AccessControl\"}]} | DAHUA",
                "{\"Events\": [{\"id\": 1}]} | OTHER",
                "{\"Picture\": {\"NormalPic\": {}}} | DAHUA",
                "{\"Picture\": \"x\"} | OTHER",
                "{\"Active\": \"keepAlive\", \"DeviceID\": \"02005e100013\"} | DAHUA",
                "{\"DeviceID\": \"02005e100013\", \"Manufacturer\": \"Dahua Technology\"} | DAHUA",
                "{\"FaceListObject\": {\"FaceObject\": []}} | GAT1400",
                "{\"MotorVehicleListObject\": {}} | GAT1400",
                "{\"KeepaliveObject\": {\"DeviceID\": \"31010000001190000001\"}} | GAT1400",
                "{\"Reference\": \"x\", \"Seq\": 1, \"StructureInfo\": {}} | UNIVIEW",
                "{\"Reference\": \"x\"} | OTHER",
                "{\"data_type\": \"alpr_group\", \"epoch_start\": 1} | OPENALPR",
                "{\"data_type\": \"heartbeat\", \"agent_uid\": \"A\"} | OPENALPR",
                "{\"AiEngine\": [{\"x\": 1}]} | LILIN",
                "{} | OTHER",
            })
    void documentTellsItsDialect(String document, Dialect expected) throws IOException {
        byte[] bytes = document.getBytes(UTF_8);
        JsonNode tree = document.startsWith("{") ? new ObjectMapper().readTree(bytes) : Documents.tree(bytes);

        CameraEvent event =
                CameraDocument.read(tree, Documents.packet(bytes, 0), Documents.PEER, Documents.RECEIVED_AT);

        assertThat(event.dialect()).isEqualTo(expected);
        assertThat(Documents.readLeniently(bytes, 0).dialect()).isIn(expected, Dialect.OTHER);
    }
}
