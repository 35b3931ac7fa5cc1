package io.framegate.intake;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.CertificateAuthority;
import io.framegate.it.support.CertificateAuthority.Signed;
import io.framegate.it.support.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on a listener: what peers get, and what the log says of those that get nothing. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
class ListenerTlsTest {

    private static final byte[] PACKET = CameraPacket.scene(1, 20_000).xml();
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private static Path authorities = Path.of(".");

    private static CertificateAuthority authority;
    private static CertificateAuthority stranger;
    private static Signed gateway;
    private static Signed camera;

    @SuppressWarnings("NullAway.Init")
    private TestListener listener;

    @BeforeAll
    static void sign() {
        authority = CertificateAuthority.in(authorities.resolve("authority"));
        stranger = CertificateAuthority.in(authorities.resolve("stranger"));
        gateway = authority.sign("gateway");
        camera = authority.sign("camera-7");
    }

    @AfterEach
    void close() {
        if (listener != null) {
            listener.close();
        }
    }

    private static Map<String, String> tls() {
        return new HashMap<>(Map.of(
                "tls.certificate", gateway.certificate().toString(),
                "tls.key", gateway.key().toString()));
    }

    private static Map<String, String> mutualTls() {
        Map<String, String> properties = tls();
        properties.put("tls.client-ca", authority.certificate().toString());
        return properties;
    }

    private static void assertAnswered(Camera connected) {
        assertThat(connected.post(PACKET).status()).isEqualTo(200);
    }

    @Test
    void packetsComeOverTls() {
        listener = new TestListener(tls());
        try (Camera connected = listener.camera().overTls(authority.client(null))) {
            assertAnswered(connected);
            assertAnswered(connected);
            assertThat(connected.session().getProtocol()).isEqualTo("TLSv1.3");
        }
        assertThat(listener.received()).hasSize(2).allSatisfy(headers -> assertThat(headers)
                .doesNotContainKey(FramegateHeaders.PEER_CERTIFICATE));
        eventually("both ends").until(() -> listener.log().size() == 2);
        assertThat(listener.log().get(0)).startsWith("INFO camera connected peer=127.0.0.1:");
        assertThat(listener.log().get(1)).startsWith("INFO camera disconnected");
    }

    @Test
    void certificateOfAClientIsAHeader() {
        listener = new TestListener(mutualTls());
        try (Camera connected = listener.camera().overTls(authority.client(camera))) {
            assertAnswered(connected);
        }
        assertThat(listener.received()).hasSize(1);
        assertThat(listener.received().get(0)).containsEntry(FramegateHeaders.PEER_CERTIFICATE, "CN=camera-7,O=Test");
        assertThat(listener.log().get(0)).contains("camera connected", "certificate=CN=camera-7,O=Test");
    }

    private void assertRefused(SSLContext context, String reason) {
        // In TLS 1.3 the client learns it only when it reads.
        assertThatThrownBy(() -> {
                    try (Camera refused = listener.camera().overTls(context)) {
                        refused.post(PACKET);
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
        eventually("a line").until(() -> !listener.log().isEmpty());
        assertThat(listener.log())
                .singleElement()
                .asString()
                .startsWith("WARN TLS handshake failed")
                .contains(reason)
                .doesNotContain("Exception");
        assertThat(listener.received()).isEmpty();
        assertThat(listener.connections().refused(Refusal.TLS_HANDSHAKE)).isEqualTo(1);
        eventually("closed").until(() -> listener.connections().open() == 0);
    }

    @Test
    void clientWithoutACertificateIsRefused() {
        listener = new TestListener(mutualTls());
        assertRefused(authority.client(null), "Empty client certificate chain");
    }

    @Test
    void clientWithACertificateOfAnotherAuthorityIsRefused() {
        listener = new TestListener(mutualTls());
        Signed unknown = stranger.sign("camera-8");
        // A client does not show what it knows to be of no use: the name of the authority must be the same.
        assertRefused(authority.client(unknown), "PKIX path");
    }

    @Test
    void clientWithAnExpiredCertificateIsRefused() {
        listener = new TestListener(mutualTls());
        assertRefused(authority.client(authority.signExpired("camera-9")), "NotAfter");
    }

    @Test
    void clientThatDoesNotTrustTheGatewayIsOneLine() {
        listener = new TestListener(tls());
        assertRefused(stranger.client(null), "certificate_unknown");
    }

    @Test
    void oldTlsIsRefused() throws Exception {
        listener = new TestListener(tls());
        SSLContext context = authority.client(null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", listener.port())) {
            assertThat(List.of(socket.getSupportedProtocols())).contains("TLSv1.1");
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", listener.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatCode(socket::startHandshake).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "<?xml version=\"1.0\"?><config>", "0000000012345"})
    void plainTextOnATlsPortIsOneLineThatSaysSo(String text) {
        listener = new TestListener(tls());
        try (Camera plain = listener.camera().send(text)) {
            assertThat(plain.isClosedWithin(SOON)).isTrue();
        }
        eventually("a line").until(() -> !listener.log().isEmpty());
        assertThat(listener.log())
                .singleElement()
                .asString()
                .startsWith("WARN TLS handshake failed peer=127.0.0.1:")
                .endsWith("reason=plain text (expected: TLS, because of framegate.camera.tls.certificate)");
    }

    @Test
    void handshakeWithoutAnEndIsBounded() {
        listener = new TestListener(tls());
        // Records of a hello that declares 16 MB.
        byte[] record = new byte[5 + 16_000];
        System.arraycopy(
                new byte[] {0x16, 3, 3, 0x3E, (byte) 0x80, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, 0, record, 0, 9);
        try (Camera endless = listener.camera()) {
            assertThatThrownBy(() -> {
                        for (int number = 0; number < 1_000; number++) {
                            endless.send(record);
                        }
                    })
                    .isInstanceOf(UncheckedIOException.class);
        }
        eventually("a line").until(() -> !listener.log().isEmpty());
        assertThat(listener.log()).singleElement().asString().startsWith("WARN TLS handshake failed");
        eventually("closed").until(() -> listener.connections().open() == 0);
    }

    @Test
    void connectionWithoutAByteIsAProbeAndNoLine() {
        listener = new TestListener(tls());
        listener.camera().close();
        listener.camera().reset();
        try (Camera connected = listener.camera().overTls(authority.client(null))) {
            assertAnswered(connected);
        }
        eventually("both lines").until(() -> listener.log().size() >= 2);
        assertThat(listener.log()).hasSize(2).noneMatch(line -> line.contains("TLS"));
    }

    /** Or a camera would give up while a disk is full, where others wait. */
    @Test
    void handshakeEndsWhileTheIntakeIsHeld() {
        listener = new TestListener(mutualTls());
        listener.inFlight().hold();
        try (Camera connected = listener.camera().overTls(authority.client(camera))) {
            connected.send(Http.post("/alarm", PACKET));
            assertThat(connected.isClosedWithin(Duration.ofMillis(300))).isFalse();
            assertThat(listener.received()).isEmpty();
            listener.inFlight().release();
            eventually("received").until(() -> listener.received().size() == 1);
        }
    }

    @Test
    void packetCutOffByTheEndOfTlsIsGivenUpAtOnce() {
        listener = new TestListener(tls());
        try (Camera connected = listener.camera().overTls(authority.client(null))) {
            connected.send(Arrays.copyOf(PACKET, PACKET.length / 2)).finish();
            eventually("reject").until(() -> listener.received().size() == 1);
            assertThat(connected.isClosedWithin(SOON)).isTrue();
        }
    }

    /** The decoders see nothing of a record that is not complete, and with each byte the peer is not idle. */
    @Test
    void recordThatIsNotCompleteInTimeEndsTheConnection() {
        listener = new TestListener(tls());
        listener.setFrameDeadline(Duration.ofMillis(400));
        try (Camera raw = listener.camera();
                Camera connected = raw.overTls(authority.client(null))) {
            assertAnswered(connected);
            // Application data of 16,000 bytes.
            raw.send(new byte[] {0x17, 3, 3, 0x3E, (byte) 0x80});
            eventually("closed", SOON).until(() -> {
                try {
                    raw.send(new byte[] {1});
                } catch (UncheckedIOException closed) {
                    return true;
                }
                return false;
            });
        }
        eventually("a line").until(() -> listener.log().stream()
                .anyMatch(line -> line.startsWith("INFO connection broken")
                        && line.endsWith("reason=TLS record not complete in 400 ms")));
        assertThat(listener.received()).hasSize(1);
    }

    @Test
    void connectionBetweenPacketsHasNoDeadline() {
        listener = new TestListener(tls());
        listener.setFrameDeadline(Duration.ofMillis(100));
        try (Camera connected = listener.camera().overTls(authority.client(null))) {
            assertAnswered(connected);
            assertThat(connected.isClosedWithin(Duration.ofMillis(300))).isFalse();
            assertAnswered(connected);
        }
    }

    /** A connection counts from its first byte, not from the end of its handshake. */
    @Test
    void connectionInItsHandshakeCounts() {
        listener = new TestListener(tls());
        listener.setMaxConnections(1);
        try (Camera slow = listener.camera().send(new byte[] {0x16, 3, 3, 1})) {
            eventually("counted").until(() -> listener.connections().open() == 1);
            try (Camera second = listener.camera()) {
                assertThat(second.isClosedWithin(SOON)).isTrue();
            }
            assertThat(slow.isClosedWithin(Duration.ofMillis(100))).isFalse();
        }
        assertThat(listener.connections().refused(Refusal.MAX_CONNECTIONS)).isEqualTo(1);
    }

    @Test
    void peerThatGoesDuringTheHandshakeIsOneLine() {
        listener = new TestListener(tls());
        listener.camera().send(new byte[] {0x16, 3, 3, 1}).close();
        eventually("a line").until(() -> !listener.log().isEmpty());
        assertThat(listener.log())
                .singleElement()
                .asString()
                .startsWith("WARN TLS handshake failed")
                .endsWith("reason=closed by the peer");
    }
}
