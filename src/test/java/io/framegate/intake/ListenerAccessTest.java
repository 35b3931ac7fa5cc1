package io.framegate.intake;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.CertificateAuthority;
import io.framegate.it.support.Http;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may connect to a listener, and who its peers are behind a proxy. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
class ListenerAccessTest {

    private static final byte[] PACKET = CameraPacket.scene(1, 5_000).xml();
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Map<String, String> PROXIED =
            Map.of("proxy-protocol", "require", "proxy-from", "127.0.0.1, 127.0.7.0/24");

    @SuppressWarnings("NullAway.Init")
    private TestListener listener;

    @AfterEach
    void close() {
        if (listener != null) {
            listener.close();
        }
    }

    private static byte[] version1(String text) {
        return ("PROXY " + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A header of version 2 from this address to 192.0.2.1 or 2001:db8::1, with additional fields of this length. */
    private static byte[] version2(int command, String from, int fromPort, int additional) {
        byte[] source = from.isEmpty() ? new byte[0] : NetUtil.createByteArrayFromIpAddressString(from);
        ByteBuf header = Unpooled.buffer()
                .writeBytes(ByteBufUtil.decodeHexDump("0d0a0d0a000d0a515549540a"))
                .writeByte(0x20 | command)
                .writeByte(source.length == 0 ? 0 : source.length == 4 ? 0x11 : 0x21);
        int fields = additional == 0 ? 0 : 3 + additional;
        header.writeShort((source.length == 0 ? 0 : 2 * source.length + 4) + fields);
        if (source.length > 0) {
            header.writeBytes(source)
                    .writeBytes(new byte[source.length])
                    .writeShort(fromPort)
                    .writeShort(18000);
        }
        if (additional > 0) {
            header.writeByte(0xE0).writeShort(additional).writeZero(additional);
        }
        return ByteBufUtil.getBytes(header);
    }

    private void assertAnswered(Camera camera) {
        assertThat(camera.post(PACKET).status()).isEqualTo(200);
    }

    private void assertClosed(Camera camera) {
        assertThat(camera.isClosedWithin(SOON)).isTrue();
    }

    private String onlyLine() {
        eventually("a line").until(() -> !listener.log().isEmpty());
        assertThat(listener.log()).hasSize(1);
        return listener.log().get(0);
    }

    @Test
    void onlyAllowedAddressesMayConnect() {
        listener = new TestListener(Map.of("allow", "127.0.0.5, 127.0.8.0/22, 2001:db8::/32"));
        for (String stranger : List.of("127.0.0.4", "127.0.0.1", "127.0.7.255", "127.0.12.0")) {
            try (Camera camera = listener.camera(stranger)) {
                assertClosed(camera);
            }
        }
        eventually("lines").until(() -> listener.log().size() == 4);
        assertThat(listener.log().get(0))
                .startsWith("WARN connection refused peer=127.0.0.4:")
                .endsWith("reason=address not in framegate.camera.allow");
        assertThat(listener.connections().refused(Refusal.NOT_ALLOWED)).isEqualTo(4);
        assertThat(listener.connections().open()).isZero();
        for (String allowed : List.of("127.0.0.5", "127.0.8.0", "127.0.11.255")) {
            try (Camera camera = listener.camera(allowed)) {
                assertAnswered(camera);
            }
        }
        assertThat(listener.received()).hasSize(3);
        eventually("closed").until(() -> listener.connections().open() == 0);
    }

    @Test
    void refusedAddressIsNotRead() {
        listener = new TestListener(Map.of("allow", "127.0.0.5"));
        try (Camera camera = listener.camera()) {
            for (int number = 0; number < 10; number++) {
                camera.send(PACKET);
            }
        } catch (UncheckedIOException closed) {
            // As it should be.
        }
        eventually("a line").until(() -> !listener.log().isEmpty());
        assertThat(listener.received()).isEmpty();
    }

    @Test
    void floodOfRefusedConnectionsIsNoFloodOfTheLog() {
        listener = new TestListener(Map.of("allow", "127.0.0.5"));
        for (int number = 0; number < 500; number++) {
            listener.camera().close();
        }
        eventually("counted").until(() -> listener.connections().refused(Refusal.NOT_ALLOWED) == 500);
        assertThat(listener.log().size()).isBetween(1, 60);
    }

    @Test
    void probeOfABalancerIsNoLine() {
        listener = new TestListener(Map.of());
        listener.camera().close();
        listener.camera().reset();
        try (Camera camera = listener.camera()) {
            assertAnswered(camera);
        }
        eventually("both lines").until(() -> listener.log().size() >= 2);
        assertThat(listener.log()).hasSize(2);
        assertThat(listener.log().get(0)).startsWith("INFO camera connected");
    }

    @Test
    void connectionThatStaysWithoutAByteIsALine() {
        listener = new TestListener(Map.of());
        try (Camera camera = listener.camera()) {
            assertThat(onlyLine()).startsWith("INFO camera connected peer=" + camera.address());
        }
        eventually("the other end").until(() -> listener.log().size() == 2);
    }

    @Test
    void peerIsTheClientThatTheHeaderNames() {
        listener = new TestListener(PROXIED);
        List<byte[]> headers = List.of(
                version1("TCP4 192.0.2.77 192.0.2.1 40112 18000"),
                version1("TCP6 2001:db8::77 2001:db8::1 40112 18000"),
                version2(1, "192.0.2.77", 40112, 0),
                version2(1, "192.0.2.77", 40112, 500),
                version2(1, "2001:db8::77", 40112, 0),
                version2(1, "::ffff:192.0.2.77", 40112, 0));
        for (byte[] header : headers) {
            try (Camera camera = listener.camera("127.0.7.9")) {
                // The first packet may be in the header's segment.
                camera.send(Http.joined(header, Http.post("/alarm", PACKET)));
                assertThat(camera.answer().status()).isEqualTo(200);
                assertAnswered(camera);
            }
        }
        assertThat(listener.received()).hasSize(12);
        for (int number = 0; number < 12; number++) {
            boolean four = List.of(0, 2, 3, 5).contains(number / 2);
            String host = four ? "192.0.2.77" : "2001:db8:0:0:0:0:0:77";
            assertThat(listener.received().get(number))
                    .containsEntry(FramegateHeaders.PEER_HOST, host)
                    .containsEntry(FramegateHeaders.PEER, host + ":40112");
        }
        assertThat(listener.log()).noneMatch(line -> line.contains("127.0."));
        assertThat(listener.log().get(0)).startsWith("INFO camera connected peer=192.0.2.77:40112");
    }

    @Test
    void headerMayComeInPieces() {
        listener = new TestListener(PROXIED);
        for (byte[] header :
                List.of(version1("TCP4 192.0.2.77 192.0.2.1 40112 18000"), version2(1, "192.0.2.77", 40112, 40))) {
            try (Camera camera = listener.camera()) {
                camera.sendInPieces(Http.joined(header, Http.post("/alarm", PACKET)), 1);
                assertThat(camera.answer().status()).isEqualTo(200);
            }
        }
        assertThat(listener.received()).hasSize(2);
    }

    @Test
    void probeOfTheProxyIsNoLineAndNoCamera() {
        listener = new TestListener(PROXIED);
        for (byte[] header : List.of(
                version1("UNKNOWN"),
                version1("UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535"),
                version2(0, "", 0, 0),
                version2(0, "192.0.2.77", 40112, 0),
                version2(1, "", 0, 0))) {
            try (Camera proxy = listener.camera()) {
                proxy.send(Http.joined(header, PACKET)).finish();
                assertClosed(proxy);
            }
        }
        listener.camera().close();
        try (Camera camera = listener.camera()) {
            camera.send(version1("TCP4 192.0.2.77 192.0.2.1 40112 18000"));
            assertAnswered(camera);
        }
        eventually("closed").until(() -> listener.log().size() >= 2);
        assertThat(listener.received()).hasSize(1);
        assertThat(listener.log()).hasSize(2).allMatch(line -> line.contains("192.0.2.77"));
        assertThat(listener.connections().refused(Refusal.PROXY_HEADER)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TCP4 192.0.2.300 192.0.2.1 40112 18000\r\n",
                "TCP4 192.0.2.77 192.0.2.1 99999 18000\r\n",
                "TCP4 192.0.2.77\r\n",
                "TCP5 192.0.2.77 192.0.2.1 40112 18000\r\n",
                "TCP4 camera.example 192.0.2.1 40112 18000\r\n",
                "TCP4 192.0.2.77 192.0.2.1 40112 18000                                                                "
                        + "                                            x"
            })
    void brokenHeaderIsOneLineThatNamesTheProperty(String header) {
        listener = new TestListener(PROXIED);
        try (Camera camera = listener.camera().send("PROXY " + header)) {
            assertClosed(camera);
        }
        assertThat(onlyLine())
                .startsWith("WARN connection refused: framegate.camera.proxy-protocol is require peer=127.0.0.1:")
                .contains("reason=no valid PROXY header: ")
                .doesNotContain("Exception", "io.netty");
        assertThat(listener.received()).isEmpty();
        assertThat(listener.connections().refused(Refusal.PROXY_HEADER)).isEqualTo(1);
    }

    /** It is no probe: somebody sends packets, and nobody would learn where they go. */
    @Test
    void clientOfAUnixDomainSocketIsOneLine() {
        listener = new TestListener(PROXIED);
        ByteBuf header = Unpooled.buffer()
                .writeBytes(ByteBufUtil.decodeHexDump("0d0a0d0a000d0a515549540a"))
                .writeByte(0x21)
                .writeByte(0x31)
                .writeShort(216)
                .writeBytes("/run/a".getBytes(StandardCharsets.US_ASCII))
                .writeZero(210);
        try (Camera camera = listener.camera()) {
            camera.send(Http.joined(ByteBufUtil.getBytes(header), PACKET));
            assertClosed(camera);
        }
        assertThat(onlyLine())
                .endsWith("reason=the PROXY header names a Unix domain socket (expected: the client's IP address)");
        assertThat(listener.received()).isEmpty();
    }

    @Test
    void longHeaderIsRefusedBeforeItIsRead() {
        listener = new TestListener(PROXIED);
        byte[] header = version2(1, "192.0.2.77", 40112, 60_000);
        try (Camera camera = listener.camera()) {
            camera.send(header);
            assertClosed(camera);
        }
        assertThat(onlyLine())
                .contains("framegate.camera.proxy-protocol is require", "reason=no valid PROXY header: ")
                .doesNotContain("Exception");
    }

    @Test
    void packetWithoutAHeaderIsOneLineThatNamesTheProperty() {
        listener = new TestListener(PROXIED);
        try (Camera camera = listener.camera().send(PACKET)) {
            assertClosed(camera);
        }
        assertThat(onlyLine()).contains("framegate.camera.proxy-protocol is require");
        assertThat(listener.received()).isEmpty();
    }

    @Test
    void headerThatEndsWithTheConnectionIsOneLine() {
        listener = new TestListener(PROXIED);
        try (Camera camera = listener.camera().send("PROXY TCP4")) {
            camera.finish();
            assertClosed(camera);
        }
        assertThat(onlyLine()).endsWith("reason=closed before the end of its PROXY header");
    }

    @Test
    void headerFromAnotherThanTheProxiesIsRefused() {
        listener = new TestListener(PROXIED);
        try (Camera camera = listener.camera("127.0.8.1")) {
            assertClosed(camera);
        }
        assertThat(onlyLine())
                .contains("peer=127.0.8.1:")
                .endsWith("reason=address not in framegate.camera.proxy-from");
        assertThat(listener.connections().refused(Refusal.PROXY_HEADER)).isEqualTo(1);
    }

    @Test
    void headerIsNeverGuessed() {
        listener = new TestListener(Map.of());
        try (Camera camera = listener.camera()) {
            camera.send(Http.joined(version1("TCP4 192.0.2.77 192.0.2.1 40112 18000"), PACKET));
            eventually("received").until(() -> !listener.received().isEmpty());
        }
        assertThat(listener.received())
                .allSatisfy(headers -> assertThat(headers).containsEntry(FramegateHeaders.PEER_HOST, "127.0.0.1"));
    }

    @Test
    void allowListIsForTheClientAndNotForTheProxy() {
        listener = new TestListener(
                Map.of("proxy-protocol", "require", "proxy-from", "127.0.0.1", "allow", "192.0.2.0/24, 127.0.0.0/8"));
        try (Camera camera = listener.camera()) {
            camera.send(Http.joined(version1("TCP4 198.51.100.7 192.0.2.1 40112 18000"), PACKET));
            assertClosed(camera);
        }
        assertThat(onlyLine())
                .startsWith("WARN connection refused peer=198.51.100.7:40112")
                .endsWith("reason=address not in framegate.camera.allow");
        assertThat(listener.received()).isEmpty();
        try (Camera camera = listener.camera().send(version1("TCP4 192.0.2.77 192.0.2.1 40112 18000"))) {
            assertAnswered(camera);
        }
    }

    @Test
    void connectionOverTheLimitIsRefusedAfterItsHeaderAndNothingOfItIsTaken() {
        listener = new TestListener(PROXIED);
        listener.setMaxConnections(1);
        try (Camera first = listener.camera().send(version1("TCP4 192.0.2.77 192.0.2.1 40112 18000"))) {
            assertAnswered(first);
            try (Camera second = listener.camera()) {
                second.send(Http.joined(version1("TCP4 192.0.2.78 192.0.2.1 40113 18000"), PACKET));
                assertClosed(second);
            }
            assertAnswered(first);
        }
        assertThat(listener.received()).hasSize(2);
        assertThat(listener.log())
                .anyMatch(line -> line.contains("max-connections reached") && line.contains("192.0.2.78"));
        eventually("closed").until(() -> listener.connections().open() == 0);
    }

    @Test
    void limitsOfAPeerAreForTheClientAndNotForTheProxy() {
        PeerLimits limits = new PeerLimits(1, Long.MAX_VALUE, 0, Duration.ZERO);
        listener = new TestListener(PROXIED, new ConnectionCount(100, limits));
        try (Camera first = listener.camera().send(version1("TCP4 192.0.2.77 192.0.2.1 40112 18000"));
                Camera other = listener.camera().send(version1("TCP4 192.0.2.78 192.0.2.1 40112 18000"))) {
            assertAnswered(first);
            assertAnswered(other);
            try (Camera second = listener.camera().send(version1("TCP4 192.0.2.77 192.0.2.1 40113 18000"))) {
                assertClosed(second);
            }
            assertAnswered(first);
        }
        assertThat(listener.connections().refused(Refusal.MAX_CONNECTIONS_PER_PEER))
                .isEqualTo(1);
        assertThat(listener.log())
                .anyMatch(line -> line.contains("max-connections-per-peer reached peer=192.0.2.77:40113"));
    }

    /** Or a proxy's network would be a way around the limit, and take the descriptors that files need. */
    @Test
    void openConnectionsAndThoseWithoutAHeaderAreLimitedTogether() {
        listener = new TestListener(PROXIED);
        listener.setMaxConnections(3);
        List<Camera> all = new ArrayList<>();
        try {
            for (int number = 0; number < 3; number++) {
                all.add(listener.camera().send(version1("TCP4 192.0.2.77 192.0.2.1 40112 18000")));
            }
            eventually("open").until(() -> listener.connections().open() == 3);
            for (int number = 0; number < 17; number++) {
                all.add(listener.camera());
            }
            // Any of the last, because each runs on a separate thread.
            eventually("a refusal").until(() -> listener.log().stream()
                    .anyMatch(line -> line.endsWith("reason=too many connections without a PROXY header")));
        } finally {
            all.forEach(Camera::close);
        }
        eventually("room again").until(() -> {
            try (Camera camera = listener.camera().send(version1("TCP4 192.0.2.77 192.0.2.1 40112 18000"))) {
                return camera.post(PACKET).status() == 200;
            } catch (UncheckedIOException refused) {
                return false;
            }
        });
    }

    @Test
    void tlsBeginsAfterTheHeader(@TempDir Path directory) {
        CertificateAuthority authority = CertificateAuthority.in(directory);
        CertificateAuthority.Signed signed = authority.sign("gateway");
        listener = new TestListener(Map.of(
                "proxy-protocol", "require",
                "proxy-from", "127.0.0.1",
                "tls.certificate", signed.certificate().toString(),
                "tls.key", signed.key().toString(),
                "tls.client-ca", authority.certificate().toString()));
        try (Camera camera = listener.camera()
                .send(version2(1, "192.0.2.77", 40112, 0))
                .overTls(authority.client(authority.sign("camera-7")))) {
            assertAnswered(camera);
        }
        assertThat(listener.received()).hasSize(1);
        assertThat(listener.received().get(0))
                .containsEntry(FramegateHeaders.PEER, "192.0.2.77:40112")
                .containsEntry(FramegateHeaders.PEER_CERTIFICATE, "CN=camera-7,O=Test");
    }
}
