package io.framegate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.wire.http.HttpFormat;
import io.framegate.wire.http.HttpLogin;
import io.framegate.wire.http.HttpOptions;
import io.framegate.wire.xml.XmlFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /** The format must not depend on how many of the first bytes are there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<coB\u00ff\u00d8\u00ff\u00e0 <config/>",
                "<a/>\0\0\0\u00d7\u00ff\u00d8\u00ff\u00e0 <config/>",
                "abcd\u00ff\u00d8\u00ff\u00e0\u00ff\u00d9",
                "abcdefgh\u00ff\u00d8\u00ff\u00e0\u00ff\u00d9",
                "+5",
                "-1 and more",
                "\u00ef\u00bb\u00bf<config/>",
                "\u00ef\u00bc\u0091",
                "\u00d9\u00a1",
                "\u00d9x<config/>"
            })
    void formatIsTheSameInAnyPieces(String bytes) {
        List<String> whole = described(bytes, bytes.length());
        for (int length = 1; length < bytes.length(); length++) {
            assertThat(described(bytes, length)).isEqualTo(whole);
        }
    }

    /** Bytes that once gave different packets or rejects in different pieces. */
    @Test
    void bytesFoundByFuzzingGiveTheSameInAnyPieces() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/wire/pieces"))) {
            for (Path file : files.sorted().toList()) {
                String bytes = Files.readString(file, ISO_8859_1);
                List<String> whole = described(bytes, bytes.length());
                assertThat(whole).as(file.toString()).isNotEmpty();
                for (int length : new int[] {1, 2, 3, 7, 64}) {
                    assertThat(described(bytes, length)).as(file.toString()).isEqualTo(whole);
                }
            }
        }
    }

    private static List<String> described(String bytes, int length) {
        try (CameraChannel camera = all(null).sendInPieces(bytes.getBytes(ISO_8859_1), length)) {
            camera.channel().close();
            return List.copyOf(camera.described());
        }
    }

    private static CameraChannel all(@Nullable HttpOptions options) {
        return new CameraChannel(
                KnownFormat.createAll(PacketLimits.DEFAULT, options).toArray(WireFormat[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a/>", "<config/>", "\r\n<a/>"})
    void smallestPacketDoesNotWaitForMoreBytes(String bytes) {
        try (CameraChannel camera = all(null).send(bytes)) {
            assertThat(camera.packet(0).format()).isEqualTo("xml");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<config/><config/>",
                "\u00ff\u00d8\u00ff\u00e0",
                "\4\0\0\0\u00ff\u00d8\u00ff\u00d9",
                "12              ",
                "junk junk junk"
            })
    void formatsWithoutALoginAreRefusedWhereOneIsRequired(String bytes) {
        for (int length : new int[] {100, 1}) {
            try (CameraChannel camera = all(HttpOptions.DEFAULT.withLogin(new HttpLogin("cam", "secret", System::nanoTime)))) {
                camera.sendInPieces(bytes.getBytes(ISO_8859_1), length);
                assertThat(camera.received()).hasSize(1);
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNAUTHORIZED);
                assertThat(camera.reject(0).closing()).isTrue();
                assertThat(camera.reject(0).content()).isEmpty();
                assertThat(camera.reject(0).detail())
                        .endsWith("without a login (expected: HTTP with the user and password of this listener)");
            }
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
