package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.CertificateAuthority;
import io.framegate.it.support.CertificateAuthority.Signed;
import io.framegate.it.support.Eventually;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS, allow-list and PROXY protocol by property, on both ports of a gateway. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
class ListenerIT {

    private static final List<Path> HAPROXY = List.of(Path.of("/usr/sbin/haproxy"), Path.of("/usr/local/sbin/haproxy"));
    private static final Duration RENEWED = Duration.ofSeconds(20);

    @TempDir
    private Path directory = Path.of(".");

    private GatewayProcess gateway;

    @BeforeEach
    void prepare() {
        gateway = new GatewayProcess(directory.resolve("gateway"));
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private static CameraPacket post(Camera camera) {
        CameraPacket packet = CameraPacket.scene(1, 30_000);
        assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
        return packet;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String health() {
        return new RawHttp(gateway.webPort()).get("/observe/health").body();
    }

    @Tag("faults")
    @Test
    void eachListenerHasItsOwnCertificateWhichIsRenewed() throws IOException {
        CertificateAuthority authority = CertificateAuthority.in(directory.resolve("authority"));
        Signed first = authority.sign("gateway");
        Signed second = authority.sign("renewed");
        Path certificate = Files.copy(first.certificate(), directory.resolve("frames.pem"));
        Path key = Files.copy(first.key(), directory.resolve("frames-key.pem"));
        gateway.with("framegate.frames.tls.certificate", certificate.toString())
                .with("framegate.frames.tls.key", key.toString())
                .with("framegate.frames.tls.client-ca", authority.certificate().toString())
                .with("framegate.sidecar.enabled", "true")
                .start();
        SSLContext context = authority.client(authority.sign("camera-7"));
        try (Camera plain = gateway.camera();
                Camera secure = Camera.connect(gateway.framesPort()).overTls(context)) {
            post(plain);
            post(secure);
            assertThat(health()).doesNotContain("DOWN");

            Files.writeString(certificate, "damaged");
            gateway.awaitLog(RENEWED, " WARN ", "the old one stays", "framegate.frames.tls.certificate: ");
            assertThat(health()).contains("DOWN", "framegate.frames.tls.certificate: ");
            assertThat(new RawHttp(gateway.webPort())
                            .get("/observe/health/ready")
                            .status())
                    .isEqualTo(200);
            try (Camera other = Camera.connect(gateway.framesPort()).overTls(context)) {
                post(other);
            }
            Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(second.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            gateway.awaitLog(RENEWED, "certificate renewed", "framegate.frames");
            assertThat(health()).doesNotContain("DOWN");
            try (Camera other = Camera.connect(gateway.framesPort()).overTls(context)) {
                post(other);
                assertThat(other.session().getPeerCertificates()[0].toString()).contains("CN=renewed");
            }
            post(secure);
            post(plain);
        }
        assertThat(ImageFolder.files(gateway.directory().resolve("images")))
                .filteredOn(file -> file.toString().endsWith(".json"))
                .extracting(ListenerIT::content)
                .filteredOn(sidecar -> sidecar.contains("CN=camera-7,O=Test"))
                .hasSize(4);
        gateway.awaitLog(Eventually.SOON, "camera connected", "certificate=\"CN=camera-7,O=Test\"");
        assertThat(gateway.logLines("\tat ")).isEmpty();
    }

    @Tag("faults")
    @Test
    void routesThatAreEditedKeepTheCertificate() {
        CertificateAuthority authority = CertificateAuthority.in(directory.resolve("authority"));
        Signed signed = authority.sign("gateway");
        gateway.with("framegate.camera.tls.certificate", signed.certificate().toString())
                .with("framegate.camera.tls.key", signed.key().toString())
                .start();
        gateway.editRoute("listeners.camel.yaml", "backlog: 1024", "backlog: 512");
        gateway.awaitLog(RENEWED, "routes changed");
        eventually("listening again").untilAsserted(() -> {
            try (Camera camera = gateway.camera().overTls(authority.client(null))) {
                post(camera);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cameraBehindHaproxyHasItsOwnAddress(boolean second) throws IOException {
        Path haproxy = HAPROXY.stream().filter(Files::isExecutable).findFirst().orElse(Path.of(""));
        assumeTrue(Files.isExecutable(haproxy) && !Files.isDirectory(haproxy), "haproxy is not installed");
        gateway.with("framegate.camera.proxy-protocol", "require")
                .with("framegate.camera.proxy-from", "127.0.0.1")
                .with("framegate.camera.allow", "127.0.9.0/24")
                .with("framegate.cameras.names", "127.0.9.7=gate-7")
                .start();
        int port = GatewayProcess.freePort();
        String configuration = String.format(
                Locale.ROOT,
                """
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 1m
                    timeout server 1m
                frontend cameras
                    bind 127.0.0.1:%d
                    default_backend gateways
                backend gateways
                    option tcp-check
                    server one 127.0.0.1:%d %s check check-send-proxy inter 200
                """,
                port,
                gateway.cameraPort(),
                second ? "send-proxy-v2" : "send-proxy");
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        Process proxy = new ProcessBuilder(haproxy.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("haproxy.log").toFile())
                .start();
        try {
            eventually("proxy listens").until(() -> listens(port));
            try (Camera camera = Camera.connect(port, "127.0.9.7")) {
                post(camera);
                post(camera);
                gateway.awaitLog(Eventually.SOON, "camera connected", "peer=\"" + camera.address() + "\"");
                assertThat(gateway.logLines("event accepted", "peer=\"" + camera.address() + "\""))
                        .hasSize(2);
            }
            try (Camera stranger = Camera.connect(port, "127.0.8.1")) {
                assertThat(stranger.isClosedWithin(Duration.ofSeconds(20))).isTrue();
                gateway.awaitLog(Eventually.SOON, "connection refused", stranger.address(), "framegate.camera.allow");
            }
            // A few health checks have come meanwhile, and the connections that looked for the port.
            assertThat(gateway.logLines("peer=\"127.0.0.1:")).allMatch(line -> line.contains("framegate.camera.allow"));
        } finally {
            proxy.destroy();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Tag("faults")
    @Test
    void allowListIsOfItsListenerAlone() {
        gateway.with("framegate.camera.allow", "127.0.9.0/24").start();
        try (Camera stranger = gateway.camera()) {
            assertThat(stranger.isClosedWithin(Duration.ofSeconds(20))).isTrue();
        }
        try (Camera allowed = Camera.connect(gateway.cameraPort(), "127.0.9.1");
                Camera other = Camera.connect(gateway.framesPort())) {
            post(allowed);
            post(other);
        }
        assertThat(new RawHttp(gateway.webPort()).get("/observe/metrics").body())
                .contains("framegate_connections_refused_total{reason=\"not-allowed\"} 1.0");
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "framegate.camera.allow=camera.example",
                "framegate.frames.allow=10.0.0.0/33",
                "framegate.camera.proxy-from=192.0.2.1;192.0.2.2",
                "framegate.camera.proxy-protocol=v2",
                "framegate.camera.tls.client-ca=ca.pem",
                "framegate.camera.proxy-from=192.0.2.1",
                "framegate.frames.allow=10.1.2.3/8"
            })
    void valueThatCannotBeMeantEndsTheStart(String property) {
        String[] pair = property.split("=", 2);
        gateway.with(pair[0], pair[1]).launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.logLines("cannot start: " + pair[0] + ": " + pair[1] + " (expected: "))
                .hasSize(1);
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"", "check"})
    void filesThatCannotBeUsedEndTheStart(String command) {
        gateway.with("framegate.frames.tls.certificate", "missing.pem")
                .with("framegate.frames.tls.key", "missing-key.pem")
                .withArguments(command.isEmpty() ? new String[0] : new String[] {command})
                .launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.logLines("framegate.frames.tls.certificate: missing.pem (expected: a PEM file"))
                .hasSize(1);
    }

    /** And what it would break is not reported as another fault. */
    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"", "check"})
    void keyThatDoesNotFitIsOneLine(String command) {
        CertificateAuthority authority = CertificateAuthority.in(directory.resolve("authority"));
        Signed signed = authority.sign("gateway");
        gateway.with("framegate.camera.tls.certificate", signed.certificate().toString())
                .with(
                        "framegate.camera.tls.key",
                        authority.sign("another").key().toString())
                .with("framegate.camera.tls.client-ca", authority.certificate().toString())
                .withArguments(command.isEmpty() ? new String[0] : new String[] {command})
                .launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.logLines("(expected: "))
                .singleElement()
                .asString()
                .contains("framegate.camera.tls.key: ", "(expected: the key of " + signed.certificate() + ")");
    }

    /** Or the listeners of an earlier version would be open to all, though properties say otherwise. */
    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"", "check"})
    void listenerWithoutTheAccessThatPropertiesAskForEndsTheStart(String command) {
        gateway.editRoute("listeners.camel.yaml", "access: \"#bean:cameraAccess\"", "");
        gateway.with("framegate.camera.allow", "127.0.9.0/24")
                .withArguments(command.isEmpty() ? new String[0] : new String[] {command})
                .launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.logLines("no listener has the access", "#bean:cameraAccess"))
                .hasSize(1);
    }

    @Tag("faults")
    @Test
    void proxyThatIsRequiredMustBeNamed() {
        gateway.with("framegate.frames.proxy-protocol", "require").launch();
        assertThat(gateway.awaitEnd()).isEqualTo(78);
        assertThat(gateway.logLines("cannot start: framegate.frames.proxy-from: none (expected: "))
                .hasSize(1);
    }
}
