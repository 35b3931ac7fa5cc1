package io.framegate.tool;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.framegate.intake.FramegateHeaders;
import io.framegate.intake.TestListener;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.CertificateAuthority;
import io.framegate.it.support.CertificateAuthority.Signed;
import io.framegate.it.support.Http;
import io.framegate.it.support.Pictures;
import io.framegate.tool.replay.ReplayCommand;
import io.framegate.tool.send.SendCommand;
import io.framegate.tool.simulate.SimulateCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands over TLS, against the real pipeline of a listener. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
@Timeout(60)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class TlsOptionsTest {

    @TempDir
    private static Path authorities = Path.of(".");

    private static CertificateAuthority authority;
    private static CertificateAuthority stranger;
    private static Signed gateway;
    private static Signed camera;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of(".");

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
        // The command sets it for its process.
        System.clearProperty("framegate.log.level");
        if (listener != null) {
            listener.close();
        }
    }

    private static Map<String, String> tls() {
        return Map.of(
                "tls.certificate", gateway.certificate().toString(),
                "tls.key", gateway.key().toString());
    }

    private static Map<String, String> mutualTls() {
        return Map.of(
                "tls.certificate", gateway.certificate().toString(),
                "tls.key", gateway.key().toString(),
                "tls.client-ca", authority.certificate().toString());
    }

    private static String trusting(CertificateAuthority trusted) {
        return "--tls-ca=" + trusted.certificate();
    }

    private static List<String> showing(Signed shown) {
        return List.of("--tls-certificate=" + shown.certificate(), "--tls-key=" + shown.key());
    }

    private int run(Callable<Integer> command, String... arguments) {
        return new CommandLine(command)
                .setParameterExceptionHandler(new ShortUsage())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int send(String to, String... options) {
        Path picture = directory.resolve("a.jpg");
        try {
            Files.write(picture, Pictures.jpeg(200_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> arguments = new ArrayList<>(List.of(picture.toString(), "--to=" + to, "--size=original"));
        arguments.addAll(List.of("--format=http-image", "--retries=2", "--retry-delay=10ms"));
        arguments.addAll(Arrays.asList(options));
        return run(new SendCommand(), arguments.toArray(String[]::new));
    }

    private String here() {
        return "127.0.0.1:" + listener.port();
    }

    @Test
    void sendsOverTls() {
        listener = new TestListener(tls());
        assertThat(send(here(), trusting(authority))).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("sent=1 dropped=0 refused=0 resent=0 reconnects=0");
        assertThat(listener.received()).hasSize(1);
    }

    @Test
    void simulatesOverTlsWithAClientCertificate() {
        listener = new TestListener(mutualTls());
        List<String> arguments = new ArrayList<>(showing(camera));
        arguments.addAll(List.of("--to=" + here(), trusting(authority), "--format=http", "--faults=split"));
        arguments.addAll(List.of("--cameras=2", "--rate=4/s", "--duration=1s"));
        assertThat(run(new SimulateCommand(), arguments.toArray(String[]::new)))
                .as(err.toString())
                .isZero();
        assertThat(listener.received()).hasSizeGreaterThanOrEqualTo(6).allSatisfy(headers -> assertThat(headers)
                .containsEntry(FramegateHeaders.PEER_CERTIFICATE, "CN=camera-7,O=Test"));
    }

    @Test
    void recordingsEndWithACloseNotify() throws IOException {
        listener = new TestListener(tls());
        byte[] packet = CameraPacket.scene(1, 300_000).xml();
        Path http =
                Files.write(directory.resolve("http.bin"), Http.joined(Http.post("/", packet), Http.post("/", packet)));
        Path xml = Files.write(directory.resolve("xml.bin"), packet);
        assertThat(run(new ReplayCommand(), http.toString(), xml.toString(), "--to=" + here(), trusting(authority)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("answers=2 refused=0", "accepted=1 sent=1");
        eventually("both recordings").until(() -> listener.received().size() == 3);
        eventually("ends").until(() -> listener.log().size() == 4);
        assertThat(listener.log()).noneMatch(line -> line.contains("broken"));
    }

    private void assertOneLine(String start, String... parts) {
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith(start)
                .contains(parts);
    }

    @Test
    void certificateOfAnotherAuthorityIsOneLine() {
        listener = new TestListener(tls());
        assertThat(send(here(), trusting(stranger))).isOne();
        assertOneLine(
                "cannot send: " + here() + ": gave up after 2 failed attempts in a row: TLS: certificate of 127.0.0.1"
                        + " not trusted, ",
                "(expected: one for this host, signed by one in --tls-ca ");
    }

    @Test
    void certificateOfAnotherHostIsOneLine() {
        listener = new TestListener(tls());
        assertThat(send("localhost:" + listener.port(), trusting(authority))).isOne();
        assertOneLine(
                "cannot send: localhost:", "TLS: certificate of localhost not trusted, No name matching localhost");
        assertThat(listener.received()).isEmpty();
    }

    @Test
    void withoutAFileOnlyTheAuthoritiesOfJavaAreTrusted() {
        listener = new TestListener(tls());
        assertThat(send(here(), "--tls")).isOne();
        assertOneLine("cannot send: ", "TLS: certificate of 127.0.0.1 not trusted, ");
    }

    @Test
    void plainGatewayIsOneLine() {
        listener = new TestListener(Map.of());
        TlsOptions options = new TlsOptions();
        options.setEnabled(true);
        try (FrameClient client = new FrameClient(HostPort.of(here()), 1, options.context(), 500)) {
            assertThatIOException()
                    .isThrownBy(() -> Connection.open(client, true))
                    .withMessage("TLS: not spoken by " + here()
                            + ", which does not answer (expected: a port that speaks TLS)");
        }
    }

    @Test
    void portThatClosesTheConnectionIsOneLine() throws IOException {
        Path recording = Files.write(
                directory.resolve("xml.bin"), CameraPacket.scene(1, 1000).xml());
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> accept(server, ""));
            String to = "127.0.0.1:" + server.getLocalPort();
            assertThat(run(new ReplayCommand(), recording.toString(), "--to=" + to, "--tls"))
                    .isOne();
            assertOneLine(
                    "gateway: " + to + " cannot be reached, ",
                    "TLS: not spoken by " + to + ", which closed the connection (expected: a port that speaks TLS)");
        }
    }

    @Test
    void serverOfAnotherProtocolIsOneLine() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> accept(server, "220 ftp.example ready\r\n"));
            String to = "127.0.0.1:" + server.getLocalPort();
            assertThat(send(to, "--tls")).isOne();
            assertOneLine("cannot send: ", "TLS: not spoken by " + to + " (expected: a port that speaks TLS)");
        }
    }

    /** Sends the greeting and closes the connection, until the test ends. */
    private static void accept(ServerSocket server, String greeting) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void missingClientCertificateIsOneLine() {
        listener = new TestListener(mutualTls());
        assertThat(send(here(), trusting(authority))).isOne();
        assertOneLine("cannot send: ", "TLS: refused by " + here() + ", ", "certificate", "--tls-certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tls-certificate", "--tls-key"})
    void oneOfCertificateAndKeyAloneIsRefused(String option) {
        assertThat(send("127.0.0.1:1", option + "=a.pem")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("--tls-certificate and --tls-key: only one is given (expected: both or none)\n");
    }

    @Test
    void filesThatCannotBeUsedAreAWrongCommandLine() throws IOException {
        Path other = Files.writeString(directory.resolve("other.pem"), "not PEM");
        assertThat(run(new SimulateCommand(), "--to=127.0.0.1:1", "--tls-ca=" + other))
                .isEqualTo(2);
        assertThat(run(new ReplayCommand(), other.toString(), "--tls-ca=none.pem"))
                .isEqualTo(2);
        assertThat(run(
                        new ReplayCommand(),
                        other.toString(),
                        "--tls-certificate=" + camera.certificate(),
                        "--tls-key=" + camera.certificate()))
                .isEqualTo(2);
        assertThat(err.toString().lines().filter(line -> !line.startsWith("try: ")))
                .containsExactly(
                        "--tls-ca: " + other + " (expected: a PEM file with certificates)",
                        "--tls-ca: none.pem (expected: a PEM file with certificates)",
                        "--tls-certificate and --tls-key: " + camera.certificate() + ", " + camera.certificate()
                                + " (expected: a PEM file with the certificate, and one with its key, PKCS#8, not encrypted)");
    }
}
