package io.framegate.receive.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.intake.FramegateHeaders;
import io.framegate.intake.ListenerAccess;
import io.framegate.intake.TestListener;
import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code camera:}, the properties behind them, and those of camel-netty. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = TestListener.LOG, mode = ResourceAccessMode.READ)
class CameraOptionsTest {

    private static final byte[] PACKET = CameraPacket.scene(1, 100_000).xml();

    @TempDir
    private Path directory = Path.of(".");

    @SuppressWarnings("NullAway.Init")
    private CameraContext context;

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    private int post() {
        try (Camera camera = context.camera()) {
            return camera.post(PACKET).status();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxInFlight=0 | maxInFlight: 0 (expected: ",
                "maxFrameLength=1KB | maxFrameLength: 1KB (expected: a size",
                "format=png | wire format: png (expected: auto, http, ",
                "timeZone=Mars | timeZone: Mars (expected: system, or a zone",
                "trustedProxies=x | trustedProxies: x (expected: addresses and networks",
                "user=cam | user and password: only one is given",
                "decoders=#x | decoders: not an option of camera:",
                "sync=true | sync: not an option of camera:",
                "rejects=away | away",
                "maxFrameLenght=1MB | maxFrameLenght",
            })
    void wrongOptionFailsTheStart(String option, String reason) {
        context = CameraContext.in(directory, Map.of());
        assertThatThrownBy(() -> context.listen(option)).rootCause().hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"camera:0.0.0.0", "camera:18000", "camera:0.0.0.0:0"})
    void addressIsHostAndPort(String uri) throws IOException {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            assertThatThrownBy(() -> camel.getEndpoint(uri))
                    .rootCause()
                    .hasMessageContaining("expected: camera:host:port");
        }
    }

    @Test
    void routeCannotSendToCameras() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            assertThatThrownBy(() -> camel.getEndpoint("camera:127.0.0.1:1").createProducer())
                    .hasMessage("camera: can only be read from (expected: from, not to)");
        }
    }

    @Test
    void propertyAppliesWhereAnOptionIsNotGiven() {
        context = CameraContext.in(directory, Map.of("framegate.intake.max-frame-length", "64KB"))
                .listen("split=true");
        assertThat(post()).isEqualTo(413);
        assertThat(context.arrived()).isEmpty();
    }

    @Test
    void optionOverridesTheProperty() {
        context = CameraContext.in(directory, Map.of("framegate.intake.max-frame-length", "64KB"))
                .listen("split=true&maxFrameLength=1MB");
        assertThat(post()).isEqualTo(200);
    }

    @Test
    void wrongPropertyIsNamed() {
        context = CameraContext.in(directory, Map.of("framegate.intake.idle-timeout", "soon"));
        assertThatThrownBy(() -> context.listen(""))
                .rootCause()
                .hasMessageStartingWith("framegate.intake.idle-timeout: soon (expected: a time");
    }

    @Test
    void datesInHeadersAreInTheTimeZone() {
        context = CameraContext.in(directory, Map.of()).listen("timeZone=Asia/Tokyo");
        assertThat(post()).isEqualTo(200);
        assertThat(context.arrived().get(0).headers())
                .containsEntry(FramegateHeaders.CAPTURED_STAMP, "20260311_182714");
    }

    @Test
    void optionsOfNettyAreValid() {
        CertificateAuthority authority = CertificateAuthority.in(directory.resolve("authority"));
        SSLContext server = authority.client(authority.sign("gateway"));
        context = CameraContext.in(directory, Map.of())
                .bind("tls", new SSLContextParameters() {
                    @Override
                    public SSLContext createSSLContext(CamelContext camel) {
                        return server;
                    }
                })
                .listen("ssl=true&sslContextParameters=#tls&backlog=64&workerCount=1&tcpNoDelay=true");
        try (Camera camera = context.camera().overTls(authority.client(null))) {
            assertThat(camera.post(PACKET).status()).isEqualTo(200);
        }
        assertThat(context.arrived()).hasSize(1);
    }

    @Test
    void tlsIsConfiguredOnce() {
        CertificateAuthority.Signed gateway =
                CertificateAuthority.in(directory.resolve("authority")).sign("gateway");
        context = CameraContext.in(
                directory,
                Map.of(
                        "framegate.camera.tls.certificate",
                                gateway.certificate().toString(),
                        "framegate.camera.tls.key", gateway.key().toString()));
        assertThatThrownBy(() -> context.listen("ssl=true"))
                .rootCause()
                .hasMessage("ssl: true (expected: false, or no framegate.camera.tls.certificate)");
    }

    @Test
    void accessOfThePropertiesIsThatOfTheListener() {
        context = CameraContext.in(directory, Map.of("framegate.camera.allow", "192.0.2.1"));
        assertThat(ListenerAccess.unused(context.camel())).contains("cameraAccess");
        context.listen("");
        assertThat(ListenerAccess.unused(context.camel())).isNull();
        assertThatThrownBy(this::post).isInstanceOf(UncheckedIOException.class);
    }
}
