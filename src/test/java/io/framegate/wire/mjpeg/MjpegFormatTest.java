package io.framegate.wire.mjpeg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.FrameDecoderContract;
import io.framegate.wire.WireFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
class MjpegFormatTest implements FrameDecoderContract {

    private static final String HEAD = "--frame\r\nContent-Type: image/jpeg\r\n";
    private static final String WHOLE = "\u00ff\u00d8\u00ff\u00da\0\4\1\2scan\n--frame in it\u00ff\u00d9";
    private static final String PART = HEAD + "\r\n" + WHOLE + "\r\n";

    @Override
    public String formatName() {
        return "mjpeg";
    }

    @Override
    public WireFormat newFormat(int maxFrameLength) {
        return new MjpegFormat(maxFrameLength);
    }

    @Override
    public List<Oversized> oversized(int maxFrameLength) {
        return List.of(
                new Oversized("scan without end", HEAD + "\r\n\u00ff\u00d8\u00ff\u00da\0\2", "A"),
                new Oversized("2^63", HEAD + "Content-Length: 99999999999999999\r\n\r\n", "A"));
    }

    private static CameraChannel camera() {
        return new CameraChannel(new MjpegFormat(100_000));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @Test
    void pictureOfAnyKindIsTakenByItsLength() {
        String png = "\u0089PNG\r\n\u001a\n--frame\r\n";
        String part = "--b\nContent-Length:" + png.length() + "\n\n" + png;
        try (CameraChannel camera = camera().send(part).send("\n" + part)) {
            assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(latin1(png));
            assertThat(camera.packet(1).images().get(0).bytes()).isEqualTo(latin1(png));
        }
    }

    @Test
    void headWithoutAPictureIsNoFrame() {
        try (CameraChannel camera = camera().send(PART).send(HEAD)) {
            assertThat(camera.progress().midFrame()).isFalse();
            camera.send("\r\n");
            assertThat(camera.progress().midFrame()).isFalse();
            camera.channel().close();
            assertThat(camera.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 401 Unauthorized\r\n\r\n<html>', status 200",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', curl -N",
        "'--frame\r\nContent-Length: 12x\r\n\r\n', digits"
    })
    void headThatNothingCanBeReadAfterIsRefusedWithWhatToSend(String head, String expected) {
        try (CameraChannel camera = camera().send(head.replace("\\r\\n", "\r\n"))) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.MALFORMED);
            assertThat(camera.reject(0).detail()).contains(expected);
            assertThat(camera.reject(0).closing()).isTrue();
        }
    }

    @Test
    void partThatIsNoPictureAndHasNoLengthIsReportedAndTheNextOneRead() {
        try (CameraChannel camera = camera().send(HEAD + "\r\n\u0089PNG\r\n").send(PART)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.UNKNOWN_FORMAT);
            assertThat(camera.reject(0).detail()).contains("without a length");
            assertThat(camera.packet(1).images().get(0).bytes()).isEqualTo(latin1(WHOLE));
        }
    }

    @Test
    void pictureThatBreaksOffIsReportedAndTheNextOneRead() {
        try (CameraChannel camera = camera().send(HEAD + "\r\n" + WHOLE.substring(0, 14) + PART)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.INCOMPLETE);
            assertThat(camera.packet(1).images().get(0).bytes()).isEqualTo(latin1(WHOLE));
        }
    }
}
