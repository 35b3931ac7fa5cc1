package io.framegate.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.wire.json.JsonFormat;
import io.framegate.wire.xml.XmlFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML and JSON on one connection. */
class DocumentFormatTest implements FrameDecoderContract {

    private static final String XML = "<config><a>1</a></config>";
    private static final String JSON = "{\"a\": 1}";

    @Override
    public String formatName() {
        return "documents";
    }

    @Override
    public WireFormat newFormat(int maxFrameLength) {
        PacketLimits limits = new PacketLimits(maxFrameLength, maxFrameLength / 2, 8);
        return new DocumentFormat(new XmlFormat(limits), limits);
    }

    @Override
    public List<Oversized> oversized(int maxFrameLength) {
        return List.of(
                new Oversized("JSON without end", "{\"a\": \"", "A"),
                new Oversized("XML without end", "<config>", "A"));
    }

    private static CameraChannel listener() {
        return new CameraChannel(
                KnownFormat.createAll(PacketLimits.DEFAULT, null).toArray(WireFormat[]::new));
    }

    private static List<String> documents(CameraChannel camera) {
        return camera.received().stream()
                .map(received -> received instanceof Packet packet
                        ? packet.format() + " " + new String(packet.document(), ISO_8859_1)
                        : received.toString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void eachPacketOfAConnectionHasTheFormatOfItsLanguage(int length) {
        byte[] bytes = (JSON + "\n" + XML + JSON + "$$" + XML).getBytes(ISO_8859_1);
        for (int from : new int[] {0, JSON.length()}) {
            byte[] sent = Arrays.copyOfRange(bytes, from, bytes.length);
            try (CameraChannel camera = listener().sendInPieces(sent, length)) {
                List<String> all = List.of("json " + JSON, "xml " + XML, "json " + JSON, "xml " + XML);
                assertThat(documents(camera)).isEqualTo(from == 0 ? all : all.subList(1, 4));
            }
        }
    }

    @Test
    void unreadableFirstBytesOfAListenerAreFollowedByJson() {
        try (CameraChannel camera = listener().send("junk" + JSON + XML)) {
            assertThat(camera.reject(0).detail()).contains(KnownFormat.names());
            assertThat(documents(camera).subList(1, 3)).containsExactly("json " + JSON, "xml " + XML);
        }
    }

    @Test
    void laterUnreadableBytesNameBothLanguages() {
        try (CameraChannel camera = listener().send(XML + "junk" + JSON)) {
            assertThat(camera.reject(1).detail()).endsWith("(expected: < of a tag, or { or [ of a JSON document)");
        }
    }

    /** A bracket and a quote are no beginning among random bytes, or they would hide the packets that follow. */
    @Test
    void xmlIsFoundAfterBytesThatLookLikeABeginningOfJson() {
        byte[] noise = new byte[100_000];
        new Random(3).nextBytes(noise);
        noise[0] = 1;
        for (int at = 50; at + 2 < noise.length; at += 50) {
            noise[at] = '{';
            noise[at + 1] = '"';
        }
        try (CameraChannel camera = listener().send(XML).send(noise).send(XML)) {
            assertThat(camera.received()).hasSize(3);
            assertThat(camera.reject(1).content()).hasSize(4096);
            assertThat(documents(camera).get(2)).isEqualTo("xml " + XML);
        }
    }

    @Test
    void documentOverTheLimitIsFollowedByTheOtherLanguage() {
        PacketLimits limits = new PacketLimits(1000, 500, 1);
        DocumentFormat format = new DocumentFormat(new XmlFormat(limits), limits);
        String longJson = "{\"a\": \"" + "x".repeat(600) + "\", \"<config>\": {\"b\": 1}}";
        String longXml = "<a>" + "x".repeat(600) + "</a>";
        try (CameraChannel camera = new CameraChannel(format).send(longJson + XML + longXml + JSON)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.reject(2).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(documents(camera)).element(1).isEqualTo("xml " + XML);
            assertThat(documents(camera)).element(3).isEqualTo("json " + JSON);
        }
    }

    @Test
    void listenerOfOneLanguageRejectsTheOther() {
        try (CameraChannel camera = new CameraChannel(new XmlFormat(PacketLimits.DEFAULT)).send(JSON + XML)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
            assertThat(documents(camera)).element(1).isEqualTo("xml " + XML);
        }
        try (CameraChannel camera = new CameraChannel(new JsonFormat(PacketLimits.DEFAULT)).send(XML + JSON)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
            assertThat(documents(camera)).element(1).isEqualTo("json " + JSON);
        }
    }
}
