package io.framegate.intake;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.CertificateAuthority;
import io.framegate.it.support.CertificateAuthority.Signed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The fixed times of a listener: each test takes five seconds or more. */
@Tag("faults")
@ResourceLock(TestListener.LOG)
class ListenerTimesIT {

    private static final byte[] PACKET = CameraPacket.scene(1, 20_000).xml();
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path directory = Path.of(".");

    @SuppressWarnings("NullAway.Init")
    private CertificateAuthority authority;

    @SuppressWarnings("NullAway.Init")
    private Signed gateway;

    @SuppressWarnings("NullAway.Init")
    private TestListener listener;

    @BeforeEach
    void sign() {
        authority = CertificateAuthority.in(directory.resolve("authority"));
        gateway = authority.sign("gateway");
    }

    @AfterEach
    void close() {
        if (listener != null) {
            listener.close();
        }
    }

    private static void assertAnswered(Camera connected) {
        assertThat(connected.post(PACKET).status()).isEqualTo(200);
    }

    /** Takes the ten seconds that a handshake may take. */
    @Test
    void slowHandshakeIsEnded() {
        listener = new TestListener(Map.of(
                "tls.certificate", gateway.certificate().toString(),
                "tls.key", gateway.key().toString()));
        try (Camera slow = listener.camera().send(new byte[] {0x16, 3, 3, 1})) {
            assertThat(slow.isClosedWithin(Duration.ofSeconds(9))).isFalse();
            assertThat(slow.isClosedWithin(SOON)).isTrue();
        }
        assertThat(listener.log())
                .singleElement()
                .asString()
                .contains("TLS handshake failed", "handshake timed out after 10000ms");
    }

    /** Takes the five seconds that a header may take. */
    @Test
    void lateHeaderIsOneLineThatNamesTheProperty() {
        listener = new TestListener(Map.of("proxy-protocol", "require", "proxy-from", "127.0.0.1"));
        try (Camera silent = listener.camera()) {
            assertThat(silent.isClosedWithin(Duration.ofSeconds(4))).isFalse();
            assertThat(silent.isClosedWithin(SOON)).isTrue();
        }
        eventually("a line").until(() -> !listener.log().isEmpty());
        assertThat(listener.log())
                .singleElement()
                .asString()
                .contains("framegate.camera.proxy-protocol is require")
                .endsWith("reason=no PROXY header within 5 s");
    }

    @Test
    void renewedCertificateIsForNewConnectionsAndOpenOnesStay() throws IOException {
        Path certificate = Files.copy(gateway.certificate(), directory.resolve("camera.pem"));
        Path key = Files.copy(gateway.key(), directory.resolve("camera-key.pem"));
        listener = new TestListener(Map.of("tls.certificate", certificate.toString(), "tls.key", key.toString()));
        SSLContext context = authority.client(null);
        Signed renewed = authority.sign("gateway-renewed");
        try (Camera before = listener.camera().overTls(context)) {
            assertAnswered(before);

            // The one is written before the other.
            Files.copy(renewed.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            eventually("a problem", Duration.ofSeconds(10))
                    .until(() -> problem().contains("framegate.camera.tls.key"));
            try (Camera during = listener.camera().overTls(context)) {
                assertAnswered(during);
                assertThat(shown(during).getSubjectX500Principal().getName()).contains("CN=gateway,");
            }
            Files.copy(renewed.key(), key, StandardCopyOption.REPLACE_EXISTING);
            eventually("no problem", Duration.ofSeconds(10))
                    .until(() -> problem().isEmpty());
            // Not a session of the old one either.
            try (Camera after = listener.camera().overTls(context)) {
                assertAnswered(after);
                assertThat(shown(after).getSubjectX500Principal().getName()).contains("CN=gateway-renewed,");
            }
            assertAnswered(before);
            assertThat(shown(before).getSubjectX500Principal().getName()).contains("CN=gateway,");
        }
        assertThat(listener.received()).hasSize(4);
    }

    private static X509Certificate shown(Camera connected) {
        try {
            return (X509Certificate) connected.session().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
    }

    private String problem() {
        return Objects.requireNonNull(listener.access().tls())
                .renewal()
                .problem()
                .orElse("");
    }
}
