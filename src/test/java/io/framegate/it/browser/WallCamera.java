package io.framegate.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import java.util.Locale;

/** A camera with a name, which has sent what its tile is to show when a method returns. */
record WallCamera(GatewayProcess gateway, int number, String name) {

    /** As the wall shows it. */
    String mac() {
        return String.format(Locale.ROOT, "02:00:5E:21:%02d:%02d", number / 100, number % 100);
    }

    /** As addresses have it. */
    String id() {
        return mac().replace(':', '_');
    }

    /** Sends a scene. */
    void show(Colour colour) {
        send("MOTION", "", colour.picture());
    }

    /** Sends an event of this type, with something else that is known of it, and its scene. */
    void send(String type, String more, byte[] scene) {
        post(CameraPacket.of(head(type) + more + "<sourceBase64Data>{0}</sourceBase64Data></config>", scene));
    }

    /** Sends a scene and the plate that was read in it. */
    void sendPlate(String plate, byte[] scene, byte[] crop) {
        post(CameraPacket.of(
                head("VEHICE") + "<listInfo><item><image>0</image><plateNumber></plateNumber>"
                        + "<targetImageData><targetBase64Data>{0}</targetBase64Data></targetImageData></item>"
                        + "<item><image>1</image><plateNumber><![CDATA[" + plate + "]]></plateNumber>"
                        + "<targetImageData><targetBase64Data>{1}</targetBase64Data></targetImageData></item></listInfo></config>",
                scene,
                crop));
    }

    private String head(String type) {
        return "<config version=\"1.7\"><smartType><![CDATA[" + type + "]]></smartType><mac>" + mac()
                + "</mac><deviceName><![CDATA[" + name + "]]></deviceName>";
    }

    private void post(CameraPacket packet) {
        try (Camera connection = gateway.camera()) {
            assertThat(connection.post(packet.xml()).status()).isEqualTo(200);
        }
    }
}
