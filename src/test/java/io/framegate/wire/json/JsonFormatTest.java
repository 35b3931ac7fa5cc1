package io.framegate.wire.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.RejectReason;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.FrameDecoderContract;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class JsonFormatTest implements FrameDecoderContract {

    private static final byte[] PICTURE =
            "\u00ff\u00d8\u00ff\u00e0\0\6JF\1\1\u00ff\u00da\0\4\1\2scan and more\u00ff\u00d9".getBytes(ISO_8859_1);
    private static final String TEXT = Base64.getEncoder().encodeToString(PICTURE);

    @Override
    public String formatName() {
        return "json";
    }

    @Override
    public WireFormat newFormat(int maxFrameLength) {
        return new JsonFormat(new PacketLimits(maxFrameLength, maxFrameLength / 2, 16));
    }

    @Override
    public List<Oversized> oversized(int maxFrameLength) {
        return List.of(
                new Oversized("text without end", "{\"a\": \"", "A"),
                new Oversized("picture without end", "{\"a\": \"/9j/4AAA", "A"),
                new Oversized("picture of escapes", "{\"a\": \"\\/9j\\/4AAA", "\\/"),
                new Oversized("documents in a document", "[[", "[]"),
                new Oversized("pictures in a document", "[\"" + TEXT + "\"", ",\"" + TEXT + "\""),
                new Oversized("comment without end", "{/*", "x"));
    }

    private static CameraChannel camera() {
        return new CameraChannel(new JsonFormat(new PacketLimits(100_000, 10_000, 4)));
    }

    private static String document(Packet packet) {
        return new String(packet.document(), ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"%s\"}",
                "[\"%s\"]",
                "[[[[\"%s\"]]]]",
                "{'a': '%s'}",
                "{\"a\": {\"b\": [{\"c\": \"data:image/jpeg;base64,%s\"}, \"%s\"]}}",
                "{\"a\": \"%s\", \"b\": \"}\\\"{\", \"c\": \"%s\"}",
                "{\"a\": \"DATA:image/x-unknown;BASE64,%s\"}",
            })
    void restoredPacketIsTheOneThatWasReceived(String form) {
        String packet = form.replace("%s", TEXT);
        try (CameraChannel camera = camera().send(packet)) {
            Packet taken = camera.packet(0);
            assertThat(taken.images()).isNotEmpty().allSatisfy(image -> assertThat(image.bytes())
                    .isEqualTo(PICTURE));
            assertThat(document(taken)).doesNotContain(TEXT).contains("image:0");
            assertThat(new String(taken.restored(), US_ASCII)).isEqualTo(packet);
        }
    }

    /** Escapes, line ends and the other alphabet mean the same. */
    @ParameterizedTest
    @ValueSource(strings = {"\\/", "\\u002F", "\\u002f", "_"})
    void restoredPacketHasNoEscapesInBase64(String slash) {
        String text = TEXT.replace("/", slash).replace("+", slash.equals("_") ? "-" : "+");
        String packet = "{\"a\\/b\": \"" + text.replace("AA", "A\\r\\nA") + "\"}";
        try (CameraChannel camera = camera().send(packet)) {
            Packet taken = camera.packet(0);
            assertThat(taken.images().get(0).bytes()).isEqualTo(PICTURE);
            assertThat(new String(taken.restored(), US_ASCII)).isEqualTo("{\"a\\/b\": \"" + TEXT + "\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/9j/",
                "/9j/ab",
                "/9j/4AAQSkZJRgA",
                "/9j/4AAQ, as a JPEG begins",
                "/var/pictures/of/the/gate",
                "Quarter past nine in the morning",
                "AAAAAAAAAAAAAAAAAAAAAAAA",
                "data:image/png;base64,",
                "data:text/plain;base64,aGVsbG8gd29ybGQgaGVsbG8=",
                "https://192.0.2.1/9j/4AAQSkZJRgABAQAAAQABAAD",
            })
    void textThatIsNoPictureStays(String text) {
        try (CameraChannel camera = camera().send("{\"a\": \"" + text + "\"}")) {
            assertThat(camera.packet(0).images()).isEmpty();
            assertThat(document(camera.packet(0))).isEqualTo("{\"a\": \"" + text + "\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", ", in words", "=A", "====", "\\\"", "\\u0041\\u00e9", ", and", ",/9j/ab", "]"})
    void textThatBeginsAsAPictureAndIsDamagedIsKeptWhole(String rest) {
        String packet = "{\"a\": \"" + TEXT.replace("=", "") + rest + "\", \"b\": 1}";
        for (int length : new int[] {packet.length(), 1, 2, 7}) {
            try (CameraChannel camera = camera().sendInPieces(packet.getBytes(ISO_8859_1), length)) {
                PacketImage image = camera.packet(0).images().get(0);
                assertThat(camera.packet(0).images()).hasSize(1);
                assertThat(image.damage()).startsWith("base64 ");
                assertThat(new String(camera.packet(0).restored(), ISO_8859_1))
                        .isEqualTo(packet.replace("\\u0041", "A"));
            }
        }
    }

    @Test
    void documentIsOverItsLimitBeforeThePacketIs() {
        try (CameraChannel camera = camera().send("{\"a\": \"" + "x".repeat(11_000) + "\"}{\"b\": 1}")) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.reject(0).detail()).startsWith("packet length without images");
            assertThat(document(camera.packet(1))).isEqualTo("{\"b\": 1}");
        }
    }

    @Test
    void morePicturesThanTheLimitAreTooLong() {
        String packet = "[" + ("\"" + TEXT + "\",").repeat(5) + "1]";
        try (CameraChannel camera = camera().send(packet).send("{}")) {
            assertThat(camera.reject(0).detail()).startsWith("images in a packet: > 4");
            assertThat(camera.reject(0).length()).isLessThan(packet.length());
            assertThat(document(camera.packet(1))).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"junk", "#no label", "##{", "#a#b{", "}", "{no}{}junk {not } "})
    void bytesThatAreNoDocumentAreReportedAndTheNextOneRead(String junk) {
        String packet = "{ \"a\": 1}";
        for (int length : new int[] {100, 1}) {
            try (CameraChannel camera =
                    camera().send("{}").sendInPieces((junk + packet).getBytes(ISO_8859_1), length)) {
                assertThat(camera.received().stream().map(Object::toString).toList())
                        .anyMatch(received -> received.contains("unknown-format"));
                Packet last = camera.packet(camera.received().size() - 1);
                assertThat(document(last)).isEqualTo(packet);
            }
        }
    }

    /** Show 4: what is held never exceeds the input by half, although the pictures are held decoded. */
    @Test
    void twoLargePicturesAreHeldInLessThanTheirText() {
        byte[] noise = new byte[3 << 20];
        new Random(7).nextBytes(noise);
        System.arraycopy(PICTURE, 0, noise, 0, PICTURE.length - 2);
        String text = Base64.getEncoder().encodeToString(noise);
        for (String slash : List.of("/", "\\/")) {
            byte[] packet = ("{\"a\": \"" + text.replace("/", slash) + "\", \"b\": {\"c\": \"" + text + "\"}}")
                    .getBytes(US_ASCII);
            int most = 0;
            try (CameraChannel camera = new CameraChannel(new JsonFormat(PacketLimits.DEFAULT))) {
                for (int from = 0; from < packet.length; from += 16_384) {
                    camera.send(packet, from, Math.min(packet.length, from + 16_384));
                    most = Math.max(most, camera.progress().heldBytes());
                }
                assertThat(camera.packet(0).images()).hasSize(2).allSatisfy(image -> assertThat(
                                Arrays.equals(image.bytes(), noise))
                        .isTrue());
                assertThat(most).isBetween(2 * noise.length - (64 << 10), packet.length);
            }
        }
    }
}
