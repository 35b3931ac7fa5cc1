package io.framegate.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepalivesTest {

    private static String type(String document, Keepalives keepalives, PacketImage... images) throws IOException {
        Packet packet = new Packet("http", document.getBytes(UTF_8), List.of(images), "00", 0);
        DocumentRules rules = new DocumentRules(ZoneOffset.UTC, Map.of(), keepalives, true);
        Sender sender = new Sender(Documents.PEER, null, Documents.RECEIVED_AT);
        return CameraDocument.read(
                        document.startsWith("{")
                                ? new ObjectMapper().readTree(document)
                                : Documents.tree(packet.document()),
                        packet,
                        sender,
                        rules)
                .type();
    }

    private static String type(String document) throws IOException {
        return type(document, Keepalives.standard());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Active\": \"KEEPALIVE\", \"DeviceID\": \"02005e100013\"}",
                "{\"DeviceID\": \"x\", \"DeviceModel\": \"y\", \"Manufacturer\": \"Dahua\", \"MACAddress\": \"02:00:5e:10:00:13\"}",
                "{\"eventType\": \"heartBeat\", \"eventState\": \"active\", \"dateTime\": \"x\", \"channelID\": 1}",
                "{\"EventNotificationAlert\": {\"eventType\": \"videoloss\", \"eventState\": \"inactive\", \"portNo\": 80}}",
                "{\"UnRegisterObject\": {\"DeviceID\": \"31010000001190000001\"}}",
                "<config><messageType>keepAlive</messageType><mac>02:00:5e:10:00:13</mac></config>",
                "<config version='1.0'><deviceInfo><mac>02:00:5e:10:00:13</mac></deviceInfo></config>",
                "<config><DeviceInfo/></config>",
            })
    void makersKeepalivesAreKnown(String document) throws IOException {
        assertThat(type(document)).isEqualTo("keepalive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Active\": \"keepAlive\", \"Code\": \"VideoMotion\"}",
                "{\"Active\": \"keepAlive\", \"Temperature\": 31}",
                "{\"Active\": \"keepAlive\", \"Events\": [{\"DeviceID\": \"a\"}, {\"Code\": \"X\"}]}",
                "{\"Active\": \"keepAlive\", \"Events\": [{\"DeviceID\": \"a\"}]}",
                "{\"Active\": \"keepAlive\", \"Data\": {\"Data\": {\"PlateNumber\": \"FG 1\"}}}",
                "{\"eventType\": \"videoloss\", \"eventState\": \"active\"}",
                "{\"eventType\": \"heartBeat\", \"ANPR\": {\"licensePlate\": \"FG 1\"}}",
                "{\"KeepaliveObject\": {\"DeviceID\": \"1\"}, \"FaceListObject\": {\"FaceObject\": []}}",
                "<config><deviceInfo><mac>02:00:5e:10:00:13</mac></deviceInfo><alarmStatusInfo/></config>",
                "<config><deviceInfo><mac>02:00:5e:10:00:13</mac></deviceInfo><traject><item/></traject></config>",
                "<config><deviceInfo><mac>02:00:5e:10:00:13</mac></deviceInfo><smartType>PEA</smartType></config>",
                "<config><messageType>keepalive</messageType><rect><x1>1</x1><y1>1</y1><x2>2</x2><y2>2</y2></rect></config>",
                "<DeviceInfo><alarm>true</alarm></DeviceInfo>",
            })
    void whatHoldsMoreIsAnEvent(String document) throws IOException {
        assertThat(type(document)).isNotEqualTo("keepalive");
    }

    @Test
    void deepContentIsSeen() throws IOException {
        String deep =
                "{\"Active\": \"keepAlive\", \"a\": " + "{\"a\": ".repeat(40) + "{\"alarm\": 1}" + "}".repeat(40) + "}";
        assertThat(type(deep)).isNotEqualTo("keepalive");
    }

    @Test
    void whatHasAnImageIsAnEvent() throws IOException {
        PacketImage image = new PacketImage(new byte[1], "", 1, PacketImage.BESIDE, null);
        assertThat(type("{\"Active\": \"keepAlive\"}", Keepalives.standard(), image))
                .isNotEqualTo("keepalive");
    }

    @Test
    void operatorAddsRules() throws IOException {
        Keepalives more = Keepalives.standard().and("kind=ping, Beat&status=ok&*");
        assertThat(type("{\"kind\": \"PING\"}", more)).isEqualTo("keepalive");
        assertThat(type("{\"kind\": \"ping\", \"load\": 3}", more)).isNotEqualTo("keepalive");
        assertThat(type("{\"Beat\": 7, \"status\": \"ok\", \"load\": 3}", more)).isEqualTo("keepalive");
        assertThat(type("{\"Active\": \"keepAlive\"}", more)).isEqualTo("keepalive");
        assertThat(type("{\"kind\": \"ping\"}")).isNotEqualTo("keepalive");
    }
}
