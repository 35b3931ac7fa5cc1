package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.settings.Catalogue;
import io.framegate.settings.IntakeSettings;
import io.framegate.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.junit.jupiter.api.Test;

class ListenAddressTest {

    private static void check(String host, int port) {
        Settings settings = new Settings(
                Catalogue.standard(),
                Map.of("framegate.camera.host", host, "framegate.camera.port", Integer.toString(port))::get);
        ListenAddress.check(settings, IntakeSettings.HOST, IntakeSettings.CAMERA_PORT);
    }

    @Test
    void anyFreePortIsAccepted() {
        assertThatCode(() -> check("127.0.0.1", 0)).doesNotThrowAnyException();
    }

    /** Or the log, the health and the wall would say 0, and a reload would choose another one. */
    @Test
    void anyFreePortHasItsNumberFromThenOn() throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PropertiesComponent properties = context.getPropertiesComponent();
            Properties given = new Properties();
            given.putAll(Map.of("framegate.camera.host", "127.0.0.1", "framegate.camera.port", "0"));
            properties.setInitialProperties(given);
            Settings settings =
                    new Settings(Catalogue.standard(), name -> context.resolvePropertyPlaceholders("{{" + name + "}}"));
            ListenAddress.choose(context, settings, IntakeSettings.HOST, IntakeSettings.CAMERA_PORT);
            int chosen = settings.get(IntakeSettings.CAMERA_PORT);
            assertThat(chosen).isPositive();
            ListenAddress.choose(context, settings, IntakeSettings.HOST, IntakeSettings.CAMERA_PORT);
            assertThat(settings.get(IntakeSettings.CAMERA_PORT)).isEqualTo(chosen);
        }
    }

    @Test
    void unknownHostIsRefusedByItsProperty() {
        assertThatThrownBy(() -> check("no.such.host.invalid", 0))
                .hasMessageContaining("no.such.host.invalid")
                .hasMessageContaining("in framegate.camera.host an address of this machine");
    }

    @Test
    void portInUseIsRefusedByItsProperty() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> check("127.0.0.1", taken.getLocalPort()))
                    .hasMessageStartingWith("framegate.camera.port: 127.0.0.1:" + taken.getLocalPort());
        }
    }
}
