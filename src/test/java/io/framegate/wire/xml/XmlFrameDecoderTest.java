package io.framegate.wire.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.wire.Answer;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.FrameDecoder;
import io.framegate.wire.FrameDecoderContract;
import io.framegate.wire.FrameProgress;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import io.framegate.wire.embedded.DocumentCutter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class XmlFrameDecoderTest implements FrameDecoderContract {

    private static final String SMALL = "<config version=\"1.0\"><a>1</a></config>";
    private static final byte[] PICTURE = "picture of more than a few bytes".getBytes(US_ASCII);
    private static final String TEXT = Base64.getEncoder().encodeToString(PICTURE);

    @Override
    public String formatName() {
        return "xml";
    }

    @Override
    public WireFormat newFormat(int maxFrameLength) {
        return new XmlFormat(new PacketLimits(maxFrameLength, Math.min(maxFrameLength, 64 << 10), 8));
    }

    @Override
    public List<Oversized> oversized(int maxFrameLength) {
        return List.of(
                new Oversized("image in CDATA", "<config><xBase64Data><![CDATA[", "AAAA"),
                new Oversized("image as text", "<config><xBase64Data>", "AAAA"),
                new Oversized("image of white space", "<config><xBase64Data>", "    "),
                new Oversized("damaged image", "<config><xBase64Data><![CDATA[", "<A]]"),
                new Oversized("wrapped image", "<config><xBase64Data>", "AAA\n"),
                new Oversized("text", "<config><a>", "text"),
                new Oversized("comment", "<config><!--", "text"),
                new Oversized("name of a tag", "<config><", "name"),
                new Oversized("attribute", "<config a=\"", "text"),
                new Oversized("elements", "<config>", "<a/>"),
                new Oversized("document type", "<!DOCTYPE config [", "<!ENTITY a \"x\">"),
                new Oversized("images", "<config>", "<Base64Data>AAAA</Base64Data>"));
    }

    private static CameraChannel camera() {
        return new CameraChannel(new XmlFormat(PacketLimits.DEFAULT));
    }

    private static CameraChannel sent(String... pieces) {
        CameraChannel camera = camera();
        for (String piece : pieces) {
            camera.send(piece);
        }
        return camera;
    }

    private static String document(Packet packet) {
        return new String(packet.document(), ISO_8859_1);
    }

    private static String content(CameraChannel camera, int number) {
        return new String(camera.reject(number).content(), ISO_8859_1);
    }

    @Test
    void twoPacketsInOneSegmentAreTwoEvents() {
        try (CameraChannel camera = sent(SMALL + SMALL)) {
            assertThat(camera.received()).hasSize(2);
            assertThat(document(camera.packet(1))).isEqualTo(SMALL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<config/>",
                "<config a=\"/\" />",
                "<DeviceInfo><DeviceName>a</DeviceName></DeviceInfo>",
                "<config><deviceNo.>1</deviceNo.></config>",
                "<a:config xmlns:a=\"b\"></a:config>",
                "<config><config></config></config>",
                "<config><configuration></configuration></config>",
                "<config><!-- </config> --></config>",
                "<config><!----></config>",
                "<config><a><![CDATA[</config>]]]]]></a></config>",
                "<config a='</config>' b=\">\"></config>",
                "<config><?note </config> ??></config>",
                "<config>< </config>",
                "<?xml version='1.0'?><!-- a --><config></config >",
                "<\u00e9\u00a0></\u00e9\u00a0>"
            })
    void packetEndsWithTheEndTagOfItsRoot(String packet) {
        try (CameraChannel camera = sent(packet + SMALL)) {
            assertThat(camera.received()).hasSize(2);
            assertThat(document(camera.packet(0))).isEqualTo(packet);
            assertThat(camera.packet(0).length()).isEqualTo(packet.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\0", " \t\r\n", "\u00ef\u00bb\u00bf", "\0\0\r\n\u00ef\u00bb\u00bf "})
    void whatMayStandBetweenPacketsBelongsToNone(String between) {
        try (CameraChannel camera = sent(between + SMALL + between + SMALL + between)) {
            assertThat(camera.received()).hasSize(2);
            assertThat(document(camera.packet(0))).isEqualTo(SMALL);
            assertThat(document(camera.packet(1))).isEqualTo(SMALL);
            assertThat(camera.progress().midFrame()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"<![CDATA[%s]]>\"",
                "\"%s\"",
                "\"\r\n  %s\r\n\"",
                "\"\n <![CDATA[\n%s\n]]>\n\"",
                "\"<![CDATA[]]><![CDATA[%s]]>\"",
                "\"<!-- a --><![CDATA[%s]]>\"",
            })
    void imageIsTakenOutOf(String form) {
        String packet = "<config><sourceBase64Length>7</sourceBase64Length><sourceBase64Data type=\"jpg\">"
                + form.replace("%s", TEXT) + "</sourceBase64Data></config>";
        try (CameraChannel camera = sent(packet)) {
            Packet taken = camera.packet(0);
            assertThat(taken.images()).hasSize(1);
            assertThat(taken.images().get(0).bytes()).isEqualTo(PICTURE);
            assertThat(taken.images().get(0).encodedLength()).isEqualTo(TEXT.length());
            assertThat(taken.images().get(0).damage()).isNull();
            assertThat(document(taken)).doesNotContain(TEXT);
            assertThat(document(taken).indexOf("image:0"))
                    .isEqualTo(taken.images().get(0).position());
            assertThat(new String(taken.restored(), US_ASCII).replaceAll("\\s", ""))
                    .isEqualTo(packet.replaceAll("\\s", ""));
        }
    }

    @Test
    void columnsAndLooseWhiteSpaceInBase64AreAllowed() {
        byte[] picture = new byte[5000];
        String wrapped = Base64.getMimeEncoder().encodeToString(picture);
        for (int length : new int[] {1, 3, 7, 77, 4096}) {
            try (CameraChannel camera = camera()) {
                String packet = "<config><Base64Data><![CDATA[" + wrapped + "]]></Base64Data></config>";
                camera.sendInPieces(packet.getBytes(US_ASCII), length);
                assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(picture);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xBase64Data/>",
                "<xBase64Data />",
                "<xBase64Data></xBase64Data>",
                "<xBase64Data> \r\n </xBase64Data>",
                "<xBase64Data><![CDATA[]]></xBase64Data>",
                "<xBase64Data> <![CDATA[ \n]]> </xBase64Data>",
                "<xBase64Length>0</xBase64Length><notBase64Data1>AAAA</notBase64Data1>",
                "<xBase64Data><!-- none --></xBase64Data>"
            })
    void elementWithoutTextIsNoImage(String element) {
        try (CameraChannel camera = sent("<config>" + element + "</config>" + SMALL)) {
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.packet(0).images()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!AAAAAAA",
                "AAAA!AAA",
                "AAAAAAA!",
                "AAAA AA!",
                "AAAAA",
                "AA==AAAA",
                "AAAA====",
                "A===",
                "=AAA",
                "AA=A",
                "AAA=A",
                "AAA==",
                "AAA]AAA",
                "AAA]]AA",
                "AAAA]]x",
                "AA]]]",
                "A&amp;",
                "AAAA\0",
                "AA..",
                "AA<B",
                "AAAA<conf",
                "<<<<",
                "AAAA<configuration-",
                "AAAA!<xml>]] >< A A"
            })
    void damagedImageIsKeptAsItWasReceived(String text) {
        String packet = "<config><xBase64Data><![CDATA[" + text + "]]></xBase64Data><b/></config>";
        for (int length : new int[] {packet.length(), 1, 2, 3, 5}) {
            try (CameraChannel camera = camera().sendInPieces((packet + SMALL).getBytes(ISO_8859_1), length)) {
                if (text.startsWith("AAAA<configuration")) {
                    // These bytes are the same as the beginning of the next packet.
                    assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.INCOMPLETE);
                } else {
                    Packet taken = camera.packet(0);
                    assertThat(taken.images()).hasSize(1);
                    assertThat(taken.images().get(0).damage()).startsWith("base64 ");
                    assertThat(new String(taken.restored(), ISO_8859_1).replace(" ", ""))
                            .isEqualTo(packet.replace(" ", ""));
                    assertThat(document(camera.packet(1))).isEqualTo(SMALL);
                }
            }
        }
    }

    /** XML libraries write the line ends of wrapped base64 as references. */
    @ParameterizedTest
    @ValueSource(strings = {"<a>%s</a>", "<aBase64Data>%s</aBase64Data>", "<a b=\"%s\"/>", "<a><![CDATA[%s]]></a>"})
    void referencesToLineEndsInBase64AreWhiteSpace(String form) {
        byte[] picture = "\u00ff\u00d8\u00ff\u00e0 a picture whose text has lines\u00ff\u00d9".getBytes(ISO_8859_1);
        for (String lineEnd : List.of("&#13;\n", "&#xD;\r\n", "&#10;", "&#xA;")) {
            String text = Base64.getEncoder().encodeToString(picture).replaceAll(".{20}", "$0" + lineEnd);
            String packet = "<event>" + form.replace("%s", text) + "</event>";
            for (int length : new int[] {packet.length(), 1, 3}) {
                try (CameraChannel camera = camera().sendInPieces(packet.getBytes(US_ASCII), length)) {
                    assertThat(camera.packet(0).images()).hasSize(1);
                    assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(picture);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/9j/ab", "/9j/4AAQ is how a JPEG begins", "Quickly now", "AAAAAAAAAAAAAAAAAAAA", "data:,"})
    void textThatIsNoPictureStaysWhereverItStands(String text) {
        String packet = "<a x=\"" + text + "\"><b>" + text + "</b><c><![CDATA[" + text + "]]></c></a>";
        for (int length : new int[] {packet.length(), 1, 3}) {
            try (CameraChannel camera = camera().sendInPieces(packet.getBytes(US_ASCII), length)) {
                assertThat(camera.packet(0).images()).isEmpty();
                assertThat(document(camera.packet(0))).isEqualTo(packet);
            }
        }
    }

    @Test
    void plainTextWithAnEntityIsADamagedImage() {
        String packet = "<config><xBase64Data>AAAA&amp;AAAA</xBase64Data></config>";
        try (CameraChannel camera = sent(packet)) {
            assertThat(camera.packet(0).images().get(0).damage()).contains("outside the alphabet");
            assertThat(new String(camera.packet(0).restored(), US_ASCII)).isEqualTo(packet);
        }
    }

    @Test
    void lengthsAPacketDeclaresAreNotBelieved() {
        String packet = "<config><sourceBase64Length>2147483647</sourceBase64Length><sourceBase64Data>" + TEXT
                + "</sourceBase64Data></config>";
        try (CameraChannel camera = sent(packet)) {
            assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(PICTURE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<config version=\"1.0\"><xBase64Data><![CDATA[AAAAA",
                "<config version=\"1.0\"><xBase64Data><![CDATA[",
                "<config version=\"1.0\"><xBase64Data>AAAAA",
                "<config version=\"1.0\"><xBase64Data>",
                "<config version=\"1.0\"><xBase64Data>AAAA<!-- a",
                "<config version=\"1.0\"><xBase64Data>AAAA</xBa",
                "<config version=\"1.0\"><a>text",
                "<config version=\"1.0\">",
                "<config version=\"1.0\"><a",
                "<config version=\"1.0\"><a b=\"c",
                "<config version=\"1.0\"><",
                "<config version=\"1.0\"></",
                "<config version=\"1.0\"></conf",
                "<config",
                "<config version=\"1."
            })
    void truncatedPacketIsRejectedAndTheNextOneTaken(String truncated) {
        for (String next : List.of(SMALL, "<?xml version=\"1.0\"?>\n" + SMALL)) {
            for (int length : new int[] {1000, 1, 3}) {
                if (truncated.contains("<!--")) {
                    // A comment may contain anything, so only its end can end it.
                    next = "-->" + SMALL;
                }
                try (CameraChannel camera = camera().sendInPieces((truncated + next).getBytes(US_ASCII), length)) {
                    assertThat(camera.received())
                            .as(camera.described().toString())
                            .hasSize(2);
                    assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.INCOMPLETE);
                    assertThat(camera.reject(0).length())
                            .isEqualTo(truncated.length() + (next.startsWith("-") ? 3 : 0));
                    assertThat(content(camera, 0)).isEqualTo(truncated + (next.startsWith("-") ? "-->" : ""));
                    assertThat(document(camera.packet(1))).isEqualTo(next.replace("-->", ""));
                    assertThat(camera.packet(1).length())
                            .isEqualTo(document(camera.packet(1)).length());
                }
            }
        }
    }

    @Test
    void rejectOfATruncatedPacketHoldsWhatWasReceived() {
        String packet = "<?xml version=\"1.0\"?><config><xBase64Data><![CDATA[" + TEXT + "]]></xBase64Data></config>";
        for (int cut = 1; cut < packet.length(); cut++) {
            try (CameraChannel camera = sent(packet.substring(0, cut))) {
                camera.channel().close();
                assertThat(content(camera, 0)).isEqualTo(packet.substring(0, cut));
                assertThat(camera.reject(0).length()).isEqualTo(cut);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junk",
                "\1\2\3",
                "\u0016\3\1\2\0\1\0\1",
                "config>",
                "</a></config>",
                "</>",
                "<1>",
                "<<",
                "<<<conf",
                "<\0",
                "{\"a\": 1}",
                "\u00ff\u00d8\u00ff\u00e0",
                "\u00ff\u00fe<\0c\0"
            })
    void junkIsRejectedOnceAndTheNextPacketTaken(String junk) {
        try (CameraChannel camera = sent(junk + SMALL + junk + SMALL + junk)) {
            camera.channel().close();
            assertThat(camera.received()).as(camera.described().toString()).hasSize(5);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
            assertThat(content(camera, 0)).isEqualTo(junk);
            assertThat(document(camera.packet(1))).isEqualTo(SMALL);
            assertThat(content(camera, 2)).isEqualTo(junk);
            assertThat(document(camera.packet(3))).isEqualTo(SMALL);
        }
    }

    @Test
    void junkWithoutEndIsOneReject() {
        try (CameraChannel camera = camera()) {
            for (int i = 0; i < 100; i++) {
                camera.send("junk<".repeat(100));
            }
            camera.send(SMALL);
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.reject(0).content()).hasSize(4096);
            assertThat(document(camera.packet(1))).isEqualTo(SMALL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE config SYSTEM \"http://203.0.113.9/a>.dtd\"><config></config>",
                "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;]>\">]><config>&b;</config>",
                "<!DOCTYPE a [<!-- don't ]> --><?pi don't ]> ?><!ENTITY x SYSTEM"
                        + " 'file:///etc/hostname'>]><config>&x;</config>",
                "<!DOCTYPE a [<![INCLUDE[<!ELEMENT a ANY>]]>]><config/>",
                "<?xml version=\"1.0\"?><!doctype html><config></config>",
                "<config><!></config>"
            })
    void documentTypeIsForbidden(String packet) {
        for (int length : new int[] {1000, 1}) {
            try (CameraChannel camera = camera().sendInPieces((packet + SMALL).getBytes(US_ASCII), length)) {
                assertThat(camera.received()).as(camera.described().toString()).hasSize(2);
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.FORBIDDEN_DTD);
                assertThat(content(camera, 0)).isEqualTo(packet);
                assertThat(document(camera.packet(1))).isEqualTo(SMALL);
            }
        }
    }

    @Test
    void packetOfExactlyTheCapIsTaken() {
        PacketLimits limits = new PacketLimits(1000, 1000, 1);
        String packet = "<config>" + "x".repeat(1000 - 17) + "</config>";
        try (CameraChannel camera = new CameraChannel(new XmlFormat(limits)).send(packet + SMALL)) {
            assertThat(camera.packet(0).length()).isEqualTo(1000);
            assertThat(document(camera.packet(1))).isEqualTo(SMALL);
        }
        try (CameraChannel camera = new CameraChannel(new XmlFormat(limits)).send("<config>x" + packet.substring(8))) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.reject(0).detail()).isEqualTo("packet length: > 1000 (expected: <= 1000)");
        }
    }

    @Test
    void capsOfTheLargestNumberDoNotOverflow() {
        PacketLimits limits = new PacketLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
        try (CameraChannel camera = new CameraChannel(new XmlFormat(limits)).send(SMALL + SMALL)) {
            assertThat(document(camera.packet(1))).isEqualTo(SMALL);
        }
    }

    @Test
    void packetWithoutEndIsRejectedAtTheCapAndALaterOneTaken() {
        try (CameraChannel camera = new CameraChannel(newFormat(100_000))) {
            camera.send("<config><xBase64Data><![CDATA[");
            for (int i = 0; i < 200; i++) {
                camera.send("AAAA".repeat(250));
            }
            camera.send("]]></xBase64Data></config>\n" + SMALL);
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(document(camera.packet(1))).isEqualTo(SMALL);
        }
    }

    @Test
    void documentAndImagesHaveCapsOfTheirOwn() {
        PacketLimits limits = new PacketLimits(1 << 20, 500, 2);
        String image = "<aBase64Data>AAAA</aBase64Data>";
        try (CameraChannel camera = new CameraChannel(new XmlFormat(limits))) {
            camera.send("<config><xBase64Data>" + "AAAA".repeat(1000) + "</xBase64Data></config>");
            camera.send("<config><a>" + "x".repeat(1000) + "</a></config>" + SMALL);
            camera.send("<config>" + image.repeat(3) + "</config>" + SMALL);
            assertThat(camera.packet(0).images()).hasSize(1);
            assertThat(camera.reject(1).detail()).startsWith("packet length without images");
            assertThat(document(camera.packet(2))).isEqualTo(SMALL);
            assertThat(camera.reject(3).detail()).startsWith("images in a packet");
            assertThat(document(camera.packet(4))).isEqualTo(SMALL);
        }
    }

    @Test
    void rootWithANameTooLongIsNoPacket() {
        String name = "n".repeat(65);
        String fits = "n".repeat(64);
        try (CameraChannel camera = sent("<" + name + "><a></a></" + name + ">" + SMALL)) {
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.reject(0).detail()).isEqualTo("root element name: > 64 bytes (expected: <= 64)");
            camera.send("<" + fits + "><a></a></" + fits + ">");
            assertThat(camera.packet(2).length()).isEqualTo(2 * 64 + 12);
        }
    }

    @Test
    void deepNestingIsFlatToTheDecoder() {
        PacketLimits limits = new PacketLimits(16 << 20, 16 << 20, 1);
        String nested = "<config>".repeat(100_000) + "</config>".repeat(100_000);
        try (CameraChannel camera = new CameraChannel(new XmlFormat(limits)).send(nested + SMALL)) {
            assertThat(camera.packet(0).length()).isEqualTo(nested.length());
            assertThat(document(camera.packet(1))).isEqualTo(SMALL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<config>", "<config><a b=\"", "<config><xBase64Data>", "<config><xBase64Data><![CDATA["})
    void megabytesOfOpeningBracketsAreReadInOnePass(String before) {
        byte[] brackets = "<".repeat(4 << 10).getBytes(US_ASCII);
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            try (CameraChannel camera = new CameraChannel(newFormat(2 << 20))) {
                camera.send(before);
                for (int i = 0; i < 1024; i++) {
                    camera.send(brackets);
                }
                assertThat(camera.received()).hasSize(1);
                camera.send(SMALL);
                assertThat(document(camera.packet(1))).isEqualTo(SMALL);
            }
        });
    }

    @Test
    void givingUpHandsOnWhatThereIsOnce() {
        try (CameraChannel camera = sent("<config><a>")) {
            camera.onReceived(() -> camera.channel().close());
            camera.progress().giveUp(RejectReason.DEADLINE_EXCEEDED, "too slow");
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.DEADLINE_EXCEEDED);
            assertThat(camera.reject(0).detail()).isEqualTo("too slow after 11 bytes (expected: </config>)");
            assertThat(camera.escaped()).isEmpty();
            assertThatCode(() -> camera.progress().giveUp(RejectReason.DEADLINE_EXCEEDED, "again"))
                    .doesNotThrowAnyException();
            assertThat(camera.received()).hasSize(1);
        }
    }

    @Test
    void smallPacketsWaitInTheBytesThatTheyCameIn() {
        String packets = "<a/>".repeat(16_000);
        try (CameraChannel camera = new CameraChannel(newFormat(1 << 20)).stopWithEachPacket()) {
            camera.send(packets);
            assertThat(camera.received()).hasSize(1);
            assertThat(camera.progress().heldBytes()).isBetween(packets.length(), packets.length() + 1000);
            for (int i = 1; i < 16_000; i++) {
                camera.goOn();
                assertThat(camera.received()).hasSize(i + 1);
            }
            assertThat(camera.progress().heldBytes()).isZero();
        }
    }

    @Test
    void peerThatLeavesWithPacketsWaitingGivesAFewAndOneReject() {
        try (CameraChannel camera = new CameraChannel(newFormat(1 << 20)).stopWithEachPacket()) {
            camera.send("<a/>".repeat(16_000)).channel().close();
            assertThat(camera.received()).hasSize(1 + 64 + 1);
            assertThat(camera.reject(65).reason()).isEqualTo(RejectReason.INCOMPLETE);
            assertThat(camera.reject(65).content()).hasSize(4 * (16_000 - 65));
        }
    }

    @Test
    void resumingInsideAPacketIsHarmless() {
        try (CameraChannel camera = new CameraChannel(newFormat(1 << 20))) {
            camera.onReceived(() -> camera.goOn()).send(SMALL.repeat(100));
            assertThat(camera.received()).hasSize(100);
        }
    }

    @Test
    void answersAreDropped() {
        try (CameraChannel camera = sent(SMALL)) {
            assertThat(camera.answer(Answer.ACCEPTED).written()).isEmpty();
        }
    }

    @Test
    void decoderAloneInAPipelineTellsHandlersThatComeLater() {
        boolean[] told = new boolean[1];
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new FrameDecoder(out ->
                                new DocumentCutter(out, new XmlPacketReader(XmlFormat.NAME, PacketLimits.DEFAULT))));
                channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        told[0] |= event instanceof FrameProgress;
                    }
                });
            }
        });
        assertThat(told[0]).isTrue();
        channel.finishAndReleaseAll();
    }
}
