package io.framegate.wire.jpeg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.FrameDecoderContract;
import io.framegate.wire.KnownFormat;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class JpegFormatTest implements FrameDecoderContract {

    private static final String START = "\u00ff\u00d8\u00ff";
    private static final String WHOLE = START + "\u00da\0\4\1\2scan\u00ff\u00d9";

    @Override
    public String formatName() {
        return "jpeg";
    }

    @Override
    public WireFormat newFormat(int maxFrameLength) {
        return new JpegFormat(maxFrameLength);
    }

    @Override
    public List<Oversized> oversized(int maxFrameLength) {
        return List.of(new Oversized("scan without end", START + "\u00da\0\2", "A"));
    }

    private static CameraChannel camera() {
        return new CameraChannel(new JpegFormat(100_000));
    }

    @Test
    void pictureThatBreaksOffIsReportedAndTheNextOneRead() {
        try (CameraChannel camera =
                camera().send(START + "\u00da\0\4\1\2half of a sc").send(WHOLE).send(WHOLE)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.INCOMPLETE);
            assertThat(camera.packet(1).images().get(0).bytes()).isEqualTo(WHOLE.getBytes(ISO_8859_1));
            assertThat(camera.received()).hasSize(3);
        }
    }

    @Test
    void rubbishBetweenPicturesIsReportedOnceAndTheNextOneRead() {
        try (CameraChannel camera = camera().send(WHOLE + "rubbish" + WHOLE)) {
            assertThat(camera.packet(0).images()).hasSize(1);
            assertThat(camera.reject(1).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
            assertThat(camera.packet(2).images()).hasSize(1);
        }
    }

    @Test
    void rubbishWithoutEndIsTheEndOfTheConnection() {
        try (CameraChannel camera = camera().send(WHOLE).send("rubbish ".repeat(1000))) {
            assertThat(camera.reject(1).closing()).isTrue();
            assertThat(new String(camera.reject(1).content(), ISO_8859_1)).startsWith("rubbish rubbish");
            assertThat(camera.received()).hasSize(2);
        }
    }

    @Test
    void whatNoPictureHoldsIsMalformedAndTheNextOneRead() {
        try (CameraChannel camera =
                camera().send("\u00ff\u00d8\u00ff\u00db\0\3aXX").send(WHOLE)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.MALFORMED);
            assertThat(camera.packet(camera.received().size() - 1).images()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff", "\u00ff\u00ff\u00ff\u00ff\u00ff", "\0", "\0\0\0\0", "\r\n", "\0\u00ff"})
    void bytesThatABoardReadsBeforeAPictureAreSkipped(String before) {
        byte[] stream = (before + WHOLE + before + WHOLE).getBytes(ISO_8859_1);
        for (int piece : new int[] {100, 1}) {
            try (CameraChannel camera = new CameraChannel(
                            KnownFormat.createAll(PacketLimits.DEFAULT, null).toArray(WireFormat[]::new))
                    .sendInPieces(stream, piece)) {
                assertThat(camera.received()).hasSize(2);
                assertThat(camera.packet(0).format()).isEqualTo("jpeg");
                assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(WHOLE.getBytes(ISO_8859_1));
            }
        }
    }
}
