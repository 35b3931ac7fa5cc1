package io.framegate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.wire.http.HttpFormat;
import io.framegate.wire.xml.XmlFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatDetectorTest {

    private static CameraChannel camera() {
        return new CameraChannel(new HttpFormat(PacketLimits.DEFAULT, null), new XmlFormat(PacketLimits.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"<config/>\", xml",
                "\" \r\n<config/>\", xml",
                "\"\u00ef\u00bb\u00bf<config/>\", xml",
                "\"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n\", http",
                "\"PUT / HTTP/1.1\r\nContent-Length: 0\r\n\r\n\", http"
            })
    void firstBytesTellTheFormatHoweverTheyArrive(String bytes, String format) {
        for (int length : new int[] {100, 1}) {
            try (CameraChannel camera = camera().sendInPieces(bytes.getBytes(ISO_8859_1), length)) {
                assertThat(camera.packet(0).format()).isEqualTo(format);
            }
        }
    }

    @Test
    void connectionClosedBeforeAnyByteIsNothing() {
        try (CameraChannel camera = camera()) {
            camera.channel().close();
            assertThat(camera.received()).isEmpty();
            assertThat(camera.escaped()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "POS", "DELETE"})
    void connectionClosedBeforeTheFormatIsKnownIsOneReject(String bytes) {
        try (CameraChannel camera = camera().send(bytes)) {
            assertThat(camera.isDecoding()).isFalse();
            camera.channel().close();
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
            assertThat(camera.reject(0).content()).hasSize(bytes.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\3\1", "POSTAL ", "get / HTTP/1.1\r\n", "0123", "\1"})
    void unknownBytesAreSkippedUpToAPacket(String bytes) {
        try (CameraChannel camera = camera().send(bytes).send("<config/>")) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
            assertThat(camera.packet(1).format()).isEqualTo("xml");
        }
    }

    @Test
    void tlsHelloIsNamed() {
        try (CameraChannel camera = camera().send("\u0016\3\1\2\0")) {
            camera.channel().close();
            assertThat(camera.reject(0).detail()).startsWith("TLS hello");
        }
    }

    @Test
    void endlessWhiteSpaceDoesNotWaitForADecision() {
        try (CameraChannel camera = camera()) {
            for (int i = 0; i < 300; i++) {
                camera.send(" ");
            }
            assertThat(camera.isDecoding()).isTrue();
            assertThat(camera.send("<config/>").packet(0).length()).isEqualTo(9);
        }
    }
}
