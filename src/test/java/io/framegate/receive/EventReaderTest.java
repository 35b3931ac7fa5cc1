package io.framegate.receive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.event.Packet;
import io.framegate.intake.FramegateHeaders;
import io.framegate.store.quarantine.Quarantine;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    private final EventReader reader = new EventReader();

    private Message read(String document) throws IOException {
        Packet packet = new Packet("http", document.getBytes(UTF_8), List.of(), "0".repeat(64), 0);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.setVariable(Quarantine.PACKET, packet);
            Message message = exchange.getMessage();
            message.setHeader(FramegateHeaders.PEER_HOST, "192.0.2.7");
            message.setHeader(FramegateHeaders.RECEIVED_AT, "2026-03-29T08:00:00Z");
            message.setBody(new ObjectMapper().readTree(document));
            reader.process(exchange);
            return message;
        }
    }

    @Test
    void channelsOfARecorderHaveNamesOfTheirOwn() throws IOException {
        Message second = read("{\"mac\": \"02:00:5e:10:00:75\", \"channelId\": 2}");
        assertThat(second.getHeader(FramegateHeaders.CAMERA_ID)).isEqualTo("02:00:5E:10:00:75");
        assertThat(second.getHeader(FramegateHeaders.CAMERA_NAME)).isEqualTo("02_00_5E_10_00_75-ch2");
        assertThat(second.getHeader(FramegateHeaders.MAC_ADDRESS)).isEqualTo("02:00:5E:10:00:75");
        assertThat(second.getHeader(FramegateHeaders.VIDEO_CHANNEL)).isEqualTo("2");

        reader.setChannels(false);
        assertThat(read("{\"mac\": \"02:00:5e:10:00:75\", \"channelId\": 2}").getHeader(FramegateHeaders.CAMERA_NAME))
                .isEqualTo("02_00_5E_10_00_75");
    }

    @Test
    void localTimeIsInTheCamerasZoneElseInTheGateways() throws IOException {
        String document = "{\"time\": \"2026-03-29 09:30:00\"}";
        reader.setTimeZone("Europe/Berlin");
        assertThat(read(document).getHeader(FramegateHeaders.CAPTURED_AT)).isEqualTo("2026-03-29T07:30:00Z");

        reader.setTimeZones("192.0.2.7=+05:30");
        assertThat(read(document).getHeader(FramegateHeaders.CAPTURED_AT)).isEqualTo("2026-03-29T04:00:00Z");
    }

    @Test
    void operatorsKeepaliveIsOne() throws IOException {
        assertThat(read("{\"kind\": \"ping\"}").getHeader(FramegateHeaders.EVENT_TYPE))
                .isEqualTo("unknown");
        reader.setKeepalives("kind=ping");
        assertThat(read("{\"kind\": \"ping\"}").getHeader(FramegateHeaders.EVENT_TYPE))
                .isEqualTo("keepalive");
    }

    @Test
    void dialectAndOperatorsNameAreHeaders() throws IOException {
        reader.setNames("192.0.2.7=yard");
        Message message = read("{\"Code\": \"VideoMotion\", \"Action\": \"Start\", \"Index\": 0}");
        assertThat(message.getHeader(FramegateHeaders.DIALECT)).isEqualTo("dahua");
        assertThat(message.getHeader(FramegateHeaders.CAMERA_ID)).isEqualTo("yard");
    }
}
