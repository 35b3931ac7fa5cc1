package io.framegate.it.target;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What one camera sends with an image and without, and the documents that are made of it. */
final class EventPackets {

    static final String MAC = "02:00:5E:20:00:01";
    static final String NAME = "02_00_5E_20_00_01";

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventPackets() {}

    static byte[] scene(byte[] image) {
        return CameraPacket.scene(1, image).xml();
    }

    /** Somebody crossed a line, and no picture of it. */
    static byte[] crossing(int number) {
        return CameraPacket.of("<config version=\"1.7\"><smartType type=\"openAlramObj\">PEA</smartType>"
                        + "<mac type=\"string\">" + MAC + "</mac>"
                        + "<currentTime type=\"tint64\">177322123456789" + number + "</currentTime>"
                        + "<perimeter><perInfo><item><eventId type=\"uint32\">" + number
                        + "</eventId></item></perInfo></perimeter></config>")
                .xml();
    }

    static byte[] heartbeat() {
        return ("<config><messageType>keepalive</messageType><mac>" + MAC + "</mac></config>").getBytes(UTF_8);
    }

    /** Sends them on one connection; the gateway has stored them when this returns. */
    static void post(GatewayProcess gateway, byte[]... packets) {
        try (Camera camera = gateway.camera()) {
            for (byte[] packet : packets) {
                assertThat(camera.post(packet).status()).isEqualTo(200);
            }
        }
    }

    static boolean isDocument(Delivered one) {
        return one.content().length > 0 && one.content()[0] == '{';
    }

    static JsonNode document(Delivered one) {
        return json(one.content());
    }

    static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
