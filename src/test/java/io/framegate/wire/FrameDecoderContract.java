package io.framegate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.framegate.event.Packet;
import io.framegate.event.PacketImage;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The tests that every wire format must pass, run with its golden files. The test of a new format implements this and
 * adds its {@link Golden} files.
 */
public interface FrameDecoderContract {

    /** The folder of the golden files. */
    String formatName();

    /** Creates the format with this limit on a frame. */
    WireFormat newFormat(int maxFrameLength);

    /** Frames that are longer than this. */
    List<Oversized> oversized(int maxFrameLength);

    /** An endless frame: its beginning, and the bytes that repeat after it. */
    record Oversized(String name, String beginning, String filler) {}

    @Test
    default void goldenFilesGiveWhatIsWrittenBesideThem() {
        for (Golden golden : Golden.all(formatName())) {
            try (CameraChannel camera = connect().send(golden.bytes())) {
                List<Received> received = camera.received();
                JsonNode expected = golden.expected().path("received");
                assertThat(received).as(golden.name()).hasSize(expected.size());
                for (int i = 0; i < received.size(); i++) {
                    check(golden.name() + " " + i, received.get(i), expected.get(i));
                }
            }
        }
    }

    private static void check(String name, Received received, JsonNode expected) {
        assertThat(received.length()).as(name).isEqualTo(expected.path("length").asLong());
        if (received instanceof RejectedPacket rejected) {
            assertThat(rejected.reason().tag())
                    .as(name)
                    .isEqualTo(expected.path("rejected").asText());
        } else if (received instanceof Packet packet) {
            assertThat(new String(packet.document(), StandardCharsets.UTF_8))
                    .as(name)
                    .isEqualTo(expected.path("packet").asText());
            assertThat(packet.sha256())
                    .as(name)
                    .isEqualTo(expected.path("sha256").asText());
            String sentAt = expected.path("sentAt").asText(null);
            assertThat(packet.sentAt()).as(name).isEqualTo(sentAt == null ? null : Instant.parse(sentAt));
            List<String> images = new ArrayList<>();
            expected.path("images")
                    .forEach(image -> images.add(image.path("sha256").asText() + " "
                            + image.path("encodedLength").asInt() + " "
                            + image.path("damaged").asBoolean()));
            assertThat(packet.images())
                    .as(name)
                    .extracting(FrameDecoderContract::describe)
                    .containsExactlyElementsOf(images);
        }
    }

    private static String describe(PacketImage image) {
        return image.sha256() + " " + image.encodedLength() + " " + (image.damage() != null);
    }

    @Test
    default void twoPiecesCutAnywhereGiveTheSamePackets() {
        for (Golden golden : Golden.all(formatName())) {
            byte[] bytes = golden.bytes();
            List<String> whole = inPieces(bytes, bytes.length);
            for (int cut = 1; cut < bytes.length; cut++) {
                try (CameraChannel camera = connect()) {
                    camera.send(bytes, 0, cut).send(bytes, cut, bytes.length);
                    assertThat(camera.described()).as("%s at %d", golden, cut).isEqualTo(whole);
                }
            }
        }
    }

    @Test
    default void smallPiecesGiveTheSamePackets() {
        for (Golden golden : Golden.all(formatName())) {
            byte[] bytes = golden.bytes();
            List<String> whole = inPieces(bytes, bytes.length);
            assertThat(inPieces(bytes, 1)).as(golden.name()).isEqualTo(whole);
            assertThat(inPieces(bytes, 7)).as(golden.name()).isEqualTo(whole);
        }
    }

    @Test
    default void threePipelinedFramesAreThreeTimesThePackets() {
        for (Golden golden : Golden.all(formatName())) {
            byte[] bytes = golden.bytes();
            List<String> whole = inPieces(bytes, bytes.length);
            ByteArrayOutputStream three = new ByteArrayOutputStream();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                three.writeBytes(bytes);
                expected.addAll(i > 0 && golden.closes() ? List.of() : whole);
            }
            byte[] all = three.toByteArray();
            assertThat(inPieces(all, all.length)).as(golden.name()).isEqualTo(expected);
            assertThat(inPieces(all, 1)).as(golden.name()).isEqualTo(expected);
        }
    }

    @Test
    default void decoderStopsWithTheWindowAndGoesOnWithIt() {
        for (Golden golden : Golden.all(formatName())) {
            byte[] bytes = golden.bytes();
            List<String> whole = inPieces(bytes, bytes.length);
            try (CameraChannel camera = connect().stopWithEachPacket().send(bytes)) {
                int reads = camera.reads();
                for (int before = 0; before < camera.received().size(); ) {
                    before = camera.received().size();
                    assertThat(camera.reads()).as(golden.name()).isEqualTo(reads);
                    camera.goOn();
                    assertThat(camera.received().size() - before)
                            .as(golden.name())
                            .isLessThanOrEqualTo(2);
                    reads = camera.reads();
                }
                assertThat(camera.described()).as(golden.name()).isEqualTo(whole);
            }
        }
    }

    @Test
    default void bytesThatWaitAreHeld() {
        for (Golden golden : Golden.all(formatName())) {
            byte[] bytes = golden.bytes();
            try (CameraChannel camera = connect().stopWithEachPacket().send(bytes)) {
                int waiting =
                        golden.expected().path("received").path(0).path("end").asInt();
                assertThat(camera.progress().heldBytes())
                        .as(golden.name())
                        .isGreaterThanOrEqualTo(
                                camera.received().size() == 1 && bytes.length > waiting ? bytes.length - waiting : 0);
            }
        }
    }

    @Test
    default void connectionClosedInsideAFrameGivesNoPacketButOneReject() {
        for (Golden golden : Golden.all(formatName())) {
            List<String> whole = inPieces(golden.bytes(), golden.bytes().length);
            for (int cut = 0; cut <= golden.bytes().length; cut++) {
                try (CameraChannel camera = connect().send(golden.bytes(), 0, cut)) {
                    camera.channel().close();
                    String name = golden + " closed at " + cut;
                    int due = golden.dueAfter(cut);
                    assertThat(camera.described().subList(0, due)).as(name).isEqualTo(whole.subList(0, due));
                    assertThat(camera.received()).as(name).hasSize(due + (golden.midFrameAfter(cut) ? 1 : 0));
                    if (golden.wholeAfter(cut)) {
                        assertThat(camera.received().get(due)).as(name).isInstanceOf(Packet.class);
                    } else if (golden.midFrameAfter(cut)) {
                        assertThat(camera.reject(due).reason())
                                .as(name)
                                .isIn(RejectReason.INCOMPLETE, RejectReason.UNKNOWN_FORMAT);
                    }
                }
            }
        }
    }

    @Test
    default void decoderSaysWhetherItIsInsideAFrame() {
        for (Golden golden : Golden.all(formatName())) {
            try (CameraChannel camera = connect()) {
                for (int cut = 1; cut <= golden.bytes().length; cut++) {
                    camera.send(golden.bytes(), cut - 1, cut);
                    if (camera.isDecoding()) {
                        assertThat(camera.progress().midFrame())
                                .as("%s at %d", golden, cut)
                                .isEqualTo(golden.midFrameAfter(cut));
                    }
                }
                assertThat(camera.progress().framesBegun())
                        .as(golden.name())
                        .isGreaterThanOrEqualTo(golden.expected().path("frames").size());
                camera.answerAll().written();
                assertThat(camera.progress().heldBytes()).as(golden.name()).isZero();
            }
        }
    }

    @Test
    default void frameOverTheCapIsRejectedBeforeMoreThanTheCapIsHeld() {
        int cap = 100_000;
        int slack = 64 << 10;
        for (Oversized frame : oversized(cap)) {
            try (CameraChannel camera = connect(cap)) {
                byte[] filler =
                        frame.filler().repeat(1000 / frame.filler().length()).getBytes(StandardCharsets.US_ASCII);
                camera.send(frame.beginning());
                for (int sent = 0; camera.received().isEmpty(); sent += filler.length) {
                    assertThat(sent).as(frame.name()).isLessThan(cap + slack);
                    camera.send(filler);
                    assertThat(camera.progress().heldBytes()).as(frame.name()).isLessThan(cap + slack);
                }
                assertThat(camera.reject(0).reason()).as(frame.name()).isEqualTo(RejectReason.TOO_LONG);
                assertThat(camera.reject(0).content().length).as(frame.name()).isLessThanOrEqualTo(slack);
                for (int sent = 0; sent < cap; sent += filler.length) {
                    camera.send(filler);
                }
                assertThat(camera.progress().heldBytes()).as(frame.name()).isLessThan(slack);
                camera.channel().close();
                assertThat(camera.received()).as(frame.name()).hasSize(1);
            }
        }
    }

    @Test
    default void damagedFramesGiveTheSameInAnyPiecesAndNothingButDecoderExceptions() {
        List<Golden> all = Golden.all(formatName());
        Random random = new Random(20260101);
        for (int round = 0; round < 100; round++) {
            byte[] bytes = Mutation.of(all, random);
            List<String> whole = closedAfter(bytes, bytes.length);
            assertThat(closedAfter(bytes, 1)).as("round %d: bytes", round).isEqualTo(whole);
            try (CameraChannel camera = connect()) {
                for (int from = 0; from < bytes.length; ) {
                    int to = Math.min(bytes.length, from + 1 + random.nextInt(bytes.length));
                    camera.send(bytes, from, to);
                    from = to;
                }
                assertThat(camera.escaped()).as("round %d", round).allSatisfy(cause -> assertThat(cause)
                        .isInstanceOf(DecoderException.class));
                camera.channel().close();
                assertThat(camera.described())
                        .as("round %d: %s", round, new String(bytes, StandardCharsets.ISO_8859_1))
                        .isEqualTo(whole);
            }
        }
    }

    private List<String> closedAfter(byte[] bytes, int length) {
        try (CameraChannel camera = connect().sendInPieces(bytes, length)) {
            camera.channel().close();
            return List.copyOf(camera.described());
        }
    }

    private CameraChannel connect() {
        return connect(1 << 20);
    }

    private CameraChannel connect(int maxFrameLength) {
        return new CameraChannel(newFormat(maxFrameLength));
    }

    private List<String> inPieces(byte[] bytes, int length) {
        try (CameraChannel camera = connect().sendInPieces(bytes, length)) {
            return Collections.unmodifiableList(new ArrayList<>(camera.described()));
        }
    }
}
