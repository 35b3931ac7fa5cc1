package io.framegate.wire.length;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.wire.CameraChannel;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames whose length is possible in both byte orders: 0x00010000 of one order is 0x00000100 of the other. */
@Execution(ExecutionMode.CONCURRENT)
class ByteOrderTest {

    private static final int MAX = 16 << 20;
    private static final int[] PIECES = {1 << 20, 1000, 7};

    private static CameraChannel camera() {
        return new CameraChannel(LengthFormat.int32(MAX));
    }

    /** A JPEG of this length with a thumbnail, whose scan is random. */
    private static byte[] jpeg(int length) {
        byte[] begin =
                "\u00ff\u00d8\u00ff\u00e1\0\12\u00ff\u00d8\u00ff\u00d9EXIF\u00ff\u00da\0\4\1\2".getBytes(ISO_8859_1);
        byte[] jpeg = new byte[length];
        new Random(length).nextBytes(jpeg);
        for (int i = 0; i < length; i++) {
            jpeg[i] = jpeg[i] == (byte) 0xFF ? 1 : jpeg[i];
        }
        System.arraycopy(begin, 0, jpeg, 0, begin.length);
        jpeg[length - 2] = (byte) 0xFF;
        jpeg[length - 1] = (byte) 0xD9;
        return jpeg;
    }

    /** The JPEG in a block of this length, with zeros after it. */
    private static byte[] padded(int jpeg, int length) {
        return Arrays.copyOf(jpeg(jpeg), length);
    }

    private static byte[] picture(String beginning, int length) {
        byte[] picture = jpeg(length);
        byte[] begin = beginning.getBytes(ISO_8859_1);
        System.arraycopy(begin, 0, picture, 0, begin.length);
        picture[length - 1] = 7;
        return picture;
    }

    private static byte[] frame(LengthNotation notation, byte[] picture) {
        byte[] frame = new byte[4 + picture.length];
        for (int i = 0; i < 4; i++) {
            frame[notation == LengthNotation.LE32 ? i : 3 - i] = (byte) (picture.length >>> (8 * i));
        }
        System.arraycopy(picture, 0, frame, 4, picture.length);
        return frame;
    }

    private static byte[] stream(LengthNotation notation, List<byte[]> pictures) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        pictures.forEach(picture -> stream.writeBytes(frame(notation, picture)));
        return stream.toByteArray();
    }

    private static List<byte[]> images(List<Received> received) {
        return received.stream()
                .map(packet -> ((Packet) packet).images().get(0).bytes())
                .toList();
    }

    private static Stream<List<byte[]>> pictures() {
        return Stream.of(
                List.of(jpeg(65536), jpeg(300), jpeg(65536)),
                List.of(jpeg(256), jpeg(256)),
                List.of(jpeg(14336)),
                List.of(padded(13900, 14336), padded(14500, 15360), padded(900, 1024)),
                List.of(padded(200, 256), padded(255, 256)),
                List.of(padded(200, 65536), padded(256, 65792), jpeg(1000)),
                List.of(padded(200, 65536)),
                List.of(jpeg(0x010001), jpeg(0x10100), jpeg(512)),
                List.of(picture("\u0089PNG\r\n", 512), picture("\u0089PNG\r\n", 1024)),
                List.of(picture("BM", 65536), picture("BM", 131072)),
                List.of(picture("GIF89a", 768), jpeg(1024), picture("RIFF\0\0\0\0WEBP", 256)),
                List.of(
                        Base64.getEncoder().encode(jpeg(768)),
                        Base64.getEncoder().encode(jpeg(192))));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void everyFrameIsWholeInEitherOrderAndAnyPieces(List<byte[]> pictures) {
        for (LengthNotation notation : List.of(LengthNotation.LE32, LengthNotation.BE32)) {
            byte[] stream = stream(notation, pictures);
            for (int piece : PIECES) {
                try (CameraChannel camera = camera().sendInPieces(stream, piece)) {
                    camera.channel().close();
                    List<byte[]> images = images(camera.received());
                    assertThat(images).hasSize(pictures.size());
                    for (int i = 0; i < images.size(); i++) {
                        byte[] sent = pictures.get(i)[0] == '/'
                                ? Base64.getDecoder().decode(pictures.get(i))
                                : pictures.get(i);
                        assertThat(images.get(i)).isEqualTo(sent);
                    }
                    assertThat(camera.packet(pictures.size() - 1).format()).isEqualTo(notation.format());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LE32, 200, 256", "BE32, 200, 256", "LE32, 13000, 14336"})
    void paddedFrameThatNothingFollowsIsWholeAfterAWhile(LengthNotation notation, int jpeg, int length) {
        byte[] picture = padded(jpeg, length);
        try (CameraChannel camera = camera().send(frame(notation, picture))) {
            assertThat(camera.received()).isEmpty();
            assertThat(camera.progress().midFrame()).isTrue();
            camera.channel().advanceTimeBy(1500, TimeUnit.MILLISECONDS);
            camera.channel().runScheduledPendingTasks();
            assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(picture);
            assertThat(camera.progress().midFrame()).isFalse();
            camera.send(frame(notation, padded(300, 65536)));
            assertThat(camera.packet(1).images().get(0).bytes()).hasSize(65536);
        }
    }

    @Test
    void jpegThatEndsWithItsLengthDoesNotWait() {
        for (int length : new int[] {256, 512, 14336, 65536}) {
            for (LengthNotation notation : List.of(LengthNotation.LE32, LengthNotation.BE32)) {
                try (CameraChannel camera = camera().send(frame(notation, jpeg(length)))) {
                    assertThat(camera.received()).hasSize(1);
                }
            }
        }
    }

    @Test
    void zeroAfterAPaddedFrameEndsTheStream() {
        byte[] picture = padded(200, 256);
        try (CameraChannel camera =
                camera().send(frame(LengthNotation.LE32, picture)).send(new byte[4])) {
            camera.channel().close();
            assertThat(images(camera.received())).containsExactly(picture);
        }
    }

    @Test
    void paddedFrameThatTheNextOneCutsOffIsWholeAndTheNextOneIncomplete() {
        byte[] picture = padded(200, 256);
        byte[] next = frame(LengthNotation.LE32, jpeg(256));
        for (int length = 1; length < next.length; length++) {
            try (CameraChannel camera =
                    camera().send(frame(LengthNotation.LE32, picture)).send(next, 0, length)) {
                camera.channel().close();
                assertThat(camera.received()).hasSize(2);
                assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(picture);
                assertThat(camera.reject(1).reason()).isEqualTo(RejectReason.INCOMPLETE);
                assertThat(camera.reject(1).length()).isEqualTo(length);
                assertThat(camera.reject(1).content()).hasSize(length < 4 ? length : length - 4);
            }
        }
    }

    @Test
    void jpegThatGoesOnAfterTheShorterLengthIsIncompleteThere() {
        byte[] frame = frame(LengthNotation.BE32, jpeg(65536));
        for (int length : new int[] {4 + 256, 4 + 257, 4 + 300}) {
            try (CameraChannel camera = camera().send(frame, 0, length)) {
                camera.channel().advanceTimeBy(1500, TimeUnit.MILLISECONDS);
                camera.channel().runScheduledPendingTasks();
                assertThat(camera.received()).isEmpty();
                camera.channel().close();
                assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.INCOMPLETE);
                assertThat(camera.reject(0).content()).hasSize(length - 4);
            }
        }
    }

    @Test
    void cutOffJpegOfTheShorterLengthIsToldByTheNextFrame() {
        byte[] cutOff = Arrays.copyOf(jpeg(400), 256);
        try (CameraChannel camera = camera().send(stream(LengthNotation.LE32, List.of(cutOff, jpeg(256))))) {
            assertThat(images(camera.received())).containsExactly(cutOff, jpeg(256));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void fillBytesBeforeAPictureAreNotStored(int fill) {
        byte[] picture = jpeg(300);
        byte[] filled = new byte[fill + picture.length];
        Arrays.fill(filled, 0, fill, (byte) 0xFF);
        System.arraycopy(picture, 0, filled, fill, picture.length);
        byte[] stream = stream(LengthNotation.BE32, List.of(filled, filled));
        for (int piece : PIECES) {
            try (CameraChannel camera = camera().sendInPieces(stream, piece)) {
                assertThat(images(camera.received())).containsExactly(picture, picture);
            }
        }
    }
}
