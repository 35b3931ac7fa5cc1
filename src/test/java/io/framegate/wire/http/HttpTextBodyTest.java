package io.framegate.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.PacketLimits;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class HttpTextBodyTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final byte[] PICTURE =
            "\u00ff\u00d8\u00ff\u00e0\0\6\u00fb\u00ef\u00be\u00fb\u00ff\u00da\0\4\1\2scan\u00ff\u00d9"
                    .getBytes(ISO_8859_1);
    private static final String TEXT = Base64.getEncoder().encodeToString(PICTURE);

    private static CameraChannel post(String type, String body, int piece) {
        String head = "POST / HTTP/1.1\r\nHost: 192.0.2.1\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n";
        CameraChannel camera = new CameraChannel(new HttpFormat(new PacketLimits(10_000, 1_000, 8), null));
        return camera.sendInPieces((head + body).getBytes(ISO_8859_1), piece);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String document(Packet packet) {
        return new String(packet.document(), ISO_8859_1);
    }

    /** A plus that a sender does not escape arrives as a space, or is one by the time it arrives. */
    @ParameterizedTest
    @ValueSource(strings = {"+", " ", "%20", "%2B", "%2b"})
    void plusOfAPictureInAFormIsAPlus(String plus) {
        assertThat(TEXT).contains("+");
        for (int piece : new int[] {10_000, 1, 7}) {
            try (CameraChannel camera = post(FORM, "plate=M+AB+1&image=" + TEXT.replace("+", plus), piece)) {
                Packet packet = camera.packet(0);
                assertThat(packet.images().get(0).bytes()).isEqualTo(PICTURE);
                assertThat(document(packet)).isEqualTo("{\"plate\":\"M AB 1\",\"image\":\"image:0\"}");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1&b=2 | {\"a\":\"1\",\"b\":\"2\"}",
                "a=&b&&c=x=y | {\"a\":\"\",\"b\":\"\",\"c\":\"x=y\"}",
                "a%5B0%5D=%22%5C%0A%00 | {\"a[0]\":\"\\\"\\\\\\u000a\\u0000\"}",
                "a=100%&b=%4&c=%zz | {\"a\":\"100%\",\"b\":\"%4\",\"c\":\"%zz\"}",
                "a=%7B%22b%22%3A1%7D | {\"a\":\"{\\\"b\\\":1}\"}",
            })
    void fieldsOfAFormAreADocument(String form, String document) {
        for (int piece : new int[] {10_000, 1}) {
            try (CameraChannel camera = post(FORM, form, piece)) {
                assertThat(document(camera.packet(0))).isEqualTo(document);
                assertThat(camera.packet(0).length()).isEqualTo(form.length());
                assertThat(camera.received()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FORM, "text/plain", "image/jpeg", "application/octet-stream", "application/json"})
    void bodyThatIsBase64AloneIsAPicture(String type) {
        for (String prefix : new String[] {"", "\r\n", "data:image/jpeg;base64,"}) {
            for (int piece : new int[] {10_000, 1}) {
                try (CameraChannel camera = post(type, prefix + TEXT + "\r\n", piece)) {
                    Packet packet = camera.packet(0);
                    assertThat(packet.images()).hasSize(1);
                    assertThat(packet.images().get(0).bytes()).isEqualTo(PICTURE);
                    assertThat(packet.hasDocument()).isFalse();
                }
            }
        }
    }

    @Test
    void severalPicturesInABodyAreSeveralImages() {
        try (CameraChannel camera = post("text/plain", TEXT + "\n" + TEXT, 7)) {
            assertThat(camera.packet(0).images()).hasSize(2).allSatisfy(image -> assertThat(image.bytes())
                    .isEqualTo(PICTURE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "hello world & more", "=1", "/9j/", "/9j/ab", "data:text/plain,x"})
    void textThatIsNeitherIsRejectedWhole(String text) {
        for (int piece : new int[] {10_000, 1}) {
            try (CameraChannel camera = post(FORM, text, piece)) {
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_PART);
                assertThat(camera.reject(0).content()).isEqualTo(text.getBytes(ISO_8859_1));
            }
        }
    }

    @Test
    void damagedBase64IsKeptWhole() {
        try (CameraChannel camera = post("text/plain", TEXT + "!?", 7)) {
            assertThat(camera.packet(0).images().get(0).damage()).startsWith("base64 ");
            assertThat(camera.packet(0).restored()).isEqualTo((TEXT + "!?").getBytes(ISO_8859_1));
        }
    }

    @Test
    void textsOverALimitAreTooLong() {
        try (CameraChannel camera = post(FORM, "a=" + "x".repeat(2_000), 100)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.received()).hasSize(1);
        }
        try (CameraChannel camera = new CameraChannel(new HttpFormat(new PacketLimits(10_000, 1_000, 8), null))) {
            camera.send("POST / HTTP/1.1\r\nHost: 192.0.2.1\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 12 && camera.received().isEmpty(); i++) {
                camera.send("400\r\n" + (i == 0 ? "/9j/" : "AAAA") + "A".repeat(1020) + "\r\n");
            }
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
        }
    }

    @Test
    void bodyThatBreaksOffIsIncomplete() {
        for (String body : new String[] {"image=" + encoded(TEXT), TEXT, "hel"}) {
            try (CameraChannel camera = new CameraChannel(new HttpFormat(PacketLimits.DEFAULT, null))) {
                camera.send("POST / HTTP/1.1\r\nHost: 192.0.2.1\r\nContent-Type: " + FORM
                        + "\r\nContent-Length: 999\r\n\r\n" + body);
                camera.channel().close();
                assertThat(camera.received()).hasSize(1);
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.INCOMPLETE);
            }
        }
    }
}
