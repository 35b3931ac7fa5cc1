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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

    private static final String JPEG = "\u00ff\u00d8\u00ff\u00da\0\2a\u00ff\u00d9";

    /** The first bytes of each format, and of pictures of each kind after lengths. */
    private static Stream<Arguments> firstBytes() {
        return Stream.of(
                Arguments.of("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "http"),
                Arguments.of("<config/>", "xml"),
                Arguments.of("\r\n<a/>", "xml"),
                Arguments.of("\0\0\0\0<a/>", "xml"),
                Arguments.of(JPEG, "jpeg"),
                Arguments.of("\u00ff\u00ff\u00ff\u00ff" + JPEG, "jpeg"),
                Arguments.of("\0" + JPEG, "jpeg"),
                Arguments.of("\t\0\0\0" + JPEG, "le32"),
                Arguments.of("\0\0\0\t" + JPEG, "be32"),
                Arguments.of("\t\0\0\0\0\0\0\0" + JPEG, "le64"),
                Arguments.of("\0\0\0\0\0\0\0\t" + JPEG, "be64"),
                Arguments.of("\0\0\0\t\u0089PNG\r\n\u001a\n\0", "be32"),
                Arguments.of("\7\0\0\0GIF89a.", "le32"),
                Arguments.of("\0\0\0\0\0\0\0\16BM\1\2\3\4\0\0\0\0abcd", "be64"),
                Arguments.of("\r\0\0\0\0\0\0\0RIFF\1\2\3\4WEBPV", "le64"),
                Arguments.of("\0\0\0\u0010\0\0\0\u001cftypavif\0\0\0\0", "be32"),
                Arguments.of("\u0010\0\0\0\0\0\0\0\0\0\0\u001cftypheic\0\0\0\0", "le64"),
                Arguments.of("\0\0\0\bII*\0\b\0\0\0", "be32"),
                Arguments.of("\0\0\0\b/9j/4AAQ", "be32"),
                Arguments.of("\f\0\0\0iVBORw0KGgoA", "le32"),
                Arguments.of("9\n" + JPEG, "lengthline"),
                Arguments.of("9\r\n" + JPEG, "lengthline"),
                Arguments.of("009\n" + JPEG, "lengthline"),
                Arguments.of("09\r\n" + JPEG, "lengthline"),
                Arguments.of("0000009\n" + JPEG, "lengthline"),
                Arguments.of("000009\r\n" + JPEG, "lengthline"),
                Arguments.of("8\nR0lGODlh", "lengthline"),
                Arguments.of("7\nGIF89a.", "lengthline"),
                Arguments.of("9               " + JPEG, "length16"),
                Arguments.of("0000000000000009" + JPEG, "length16"),
                Arguments.of("--b\r\nContent-Type: image/jpeg\r\n\r\n" + JPEG, "mjpeg"),
                Arguments.of("HTTP/1.1 200 OK\r\n\r\n--b\r\nA: b\r\n\r\n" + JPEG, "mjpeg"),
                Arguments.of("Content-Type: image/jpeg\r\nContent-Length: 9\r\n\r\n" + JPEG, "mjpeg"));
    }

    @ParameterizedTest
    @MethodSource("firstBytes")
    void firstBytesBelongToOneFormatAndDecideAtOnce(String bytes, String format) {
        for (int length : new int[] {1000, 1, 7}) {
            try (CameraChannel camera = all(null).sendInPieces(bytes.getBytes(ISO_8859_1), length)) {
                assertThat(camera.received()).hasSize(1);
                assertThat(camera.packet(0).format()).isEqualTo(format);
            }
        }
    }

    @Test
    void wideLengthIsToldByTheNextBytes() {
        String frame = "12" + " ".repeat(62) + "/9j/4AAQSkZJ";
        try (CameraChannel camera = all(null).send(frame).send(frame)) {
            assertThat(camera.packet(0).format()).isEqualTo("length64");
        }
    }

    private static Stream<Arguments> protocols() {
        return Stream.of(
                Arguments.of("\u0016\3\1\2\0\1", "TLS hello", "plain TCP"),
                Arguments.of("\u00ff\0\0\0\0\0\0\0\1\u007f\3", "ZeroMQ", "struct.pack"),
                Arguments.of("OPTIONS rtsp://192.0.2.1/ RTSP/1.0\r\n", "RTSP", "framegate send"),
                Arguments.of("ANNOUNCE rtsp://192.0.2.1/ RTSP/1.0\r\n", "RTSP", "framegate send"),
                Arguments.of("$\0\5\u00a0\u0080`", "RTP", "framegate send"),
                Arguments.of("\3\1\2\3\4\0\0\0\0more", "RTMP", "framegate send"),
                Arguments.of("\u0010\u000c\0\4MQTT", "MQTT", "no such server"),
                Arguments.of("*1\r\n$4\r\nPING\r\n", "Redis", "no such server"),
                Arguments.of("PING\r\n", "Redis", "no such server"),
                Arguments.of("220 FTP server ready\r\n", "FTP or SMTP server", "no such server"),
                Arguments.of("EHLO cam\r\n", "SMTP command", "no such server"),
                Arguments.of("SSH-2.0-OpenSSH\r\n", "SSH", "no such server"),
                Arguments.of("PRI * HTTP/2.0\r\n", "HTTP/2", "HTTP/1.1"),
                Arguments.of("PROXY TCP4 192.0.2.1 ", "PROXY protocol", "proxy-protocol"),
                Arguments.of("\r\n\r\n\0\r\nQUIT\n!", "PROXY protocol", "proxy-protocol"),
                Arguments.of("\u0080\4\u0095\1\0\0\0\0\0\0\0]q", "pickle", "imencode"),
                Arguments.of("\u0093NUMPY\1\0v", "numpy", "imencode"),
                Arguments.of("\0\0\0\1gB\0\u001f", "H.264", "framegate send"),
                Arguments.of("\0\0\0\u0018ftypmp42\0\0\0\0", "video file", "framegate send"));
    }

    private static Stream<Arguments> otherForms() {
        return Stream.of(
                Arguments.of("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "picture without a length", "POST"),
                Arguments.of("GIF89a\1\0\1\0\0\0\0", "picture without a length", "POST"),
                Arguments.of("\0\0\0\u001cftypavif\0\0\0\0", "picture without a length", "POST"),
                Arguments.of("FFD8FFE000104A464946", "hexadecimal", "length"),
                Arguments.of("ffd8ffe000104a464946", "hexadecimal", "length"),
                Arguments.of("/9j/4AAQSkZJRgABAQAA", "base64 without a length", "POST"),
                Arguments.of("\u001f\u008b\b\0\0\0\0\0\0\0", "gzip", "POST"));
    }

    @ParameterizedTest
    @MethodSource({"protocols", "otherForms"})
    void knownThingIsNamedOnceAndTheNextPacketRead(String bytes, String name, String expected) {
        for (int length : new int[] {1000, 1}) {
            try (CameraChannel camera = all(null)) {
                camera.sendInPieces((bytes + "\n<config/>").getBytes(ISO_8859_1), length);
                assertThat(camera.received()).hasSize(2);
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
                assertThat(camera.reject(0).detail()).contains(name, expected);
                assertThat(camera.reject(0).closing()).isFalse();
                assertThat(camera.packet(1).format()).isEqualTo("xml");
            }
        }
    }

    @Test
    void protocolThatWaitsForAnAnswerIsNamedWhenTheGatewayGivesUp() {
        try (CameraChannel camera = all(null).send("PING\r\n")) {
            assertThat(camera.progress().midFrame()).isTrue();
            camera.progress().giveUp(RejectReason.DEADLINE_EXCEEDED, "deadline");
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.reject(0).detail()).contains("Redis");
        }
    }

    @Test
    void firstBytesOfNothingKnownAreRejectedWithWhatThePortTakes() {
        try (CameraChannel camera = all(null).send("what is this <config/>and this <config/>")) {
            assertThat(camera.reject(0).detail()).contains(KnownFormat.names());
            assertThat(camera.reject(2).detail()).endsWith("(expected: < of a tag, or { or [ of a JSON document)");
        }
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
            try (CameraChannel camera =
                    all(HttpOptions.DEFAULT.withLogin(new HttpLogin("cam", "secret", System::nanoTime)))) {
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
