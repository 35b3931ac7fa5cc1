package io.framegate.wire.length;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.CameraChannel;
import io.framegate.wire.FrameDecoderContract;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import io.framegate.wire.xml.XmlFormat;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class LengthFormatTest {

    private static final int MAX = 1 << 20;

    @Nested
    class Length64 implements FrameDecoderContract {

        @Override
        public String formatName() {
            return "length64";
        }

        @Override
        public WireFormat newFormat(int maxFrameLength) {
            return LengthFormat.ascii(maxFrameLength);
        }

        @Override
        public List<Oversized> oversized(int maxFrameLength) {
            return List.of(
                    new Oversized("one byte too many", padded(Integer.toString(maxFrameLength + 1), 64), "A"),
                    new Oversized("10 GB", padded("10000000000", 64), "A"),
                    new Oversized("2^63", padded("9223372036854775808", 64), "A"));
        }
    }

    @Nested
    class Length16 implements FrameDecoderContract {

        @Override
        public String formatName() {
            return "length16";
        }

        @Override
        public WireFormat newFormat(int maxFrameLength) {
            return LengthFormat.ascii(maxFrameLength);
        }

        @Override
        public List<Oversized> oversized(int maxFrameLength) {
            return List.of(new Oversized("2^31", padded("2147483648", 16), "A"));
        }
    }

    @Nested
    class Le32 implements FrameDecoderContract {

        @Override
        public String formatName() {
            return "le32";
        }

        @Override
        public WireFormat newFormat(int maxFrameLength) {
            return LengthFormat.int32(maxFrameLength);
        }

        @Override
        public List<Oversized> oversized(int maxFrameLength) {
            return List.of(new Oversized("2^32 - 1", "\u00ff\u00ff\u00ff\u00ff\u00ff\u00d8", "A"));
        }
    }

    @Nested
    class Be32 implements FrameDecoderContract {

        @Override
        public String formatName() {
            return "be32";
        }

        @Override
        public WireFormat newFormat(int maxFrameLength) {
            return LengthFormat.int32(maxFrameLength);
        }

        @Override
        public List<Oversized> oversized(int maxFrameLength) {
            return List.of(new Oversized("2^31", "\u007f\u00ff\u00ff\u00ff\u00ff\u00d8", "A"));
        }
    }

    @Nested
    class Le64 implements FrameDecoderContract {

        @Override
        public String formatName() {
            return "le64";
        }

        @Override
        public WireFormat newFormat(int maxFrameLength) {
            return LengthFormat.le64(maxFrameLength);
        }

        @Override
        public List<Oversized> oversized(int maxFrameLength) {
            return List.of(
                    new Oversized("-1", "\u00ff".repeat(8) + "\u00ff\u00d8", "A"),
                    new Oversized("2^63", "\0".repeat(7) + "\u0080\u00ff\u00d8", "A"));
        }
    }

    @Nested
    class Be64 implements FrameDecoderContract {

        @Override
        public String formatName() {
            return "be64";
        }

        @Override
        public WireFormat newFormat(int maxFrameLength) {
            return LengthFormat.be64(maxFrameLength);
        }

        @Override
        public List<Oversized> oversized(int maxFrameLength) {
            return List.of(
                    new Oversized("-1", "\u00ff".repeat(8) + "\u00ff\u00d8", "A"),
                    new Oversized("2^32", "\0\0\0\1\0\0\0\0\u00ff\u00d8", "A"));
        }
    }

    @Nested
    class LengthLine implements FrameDecoderContract {

        @Override
        public String formatName() {
            return "lengthline";
        }

        @Override
        public WireFormat newFormat(int maxFrameLength) {
            return LengthFormat.ascii(maxFrameLength);
        }

        @Override
        public List<Oversized> oversized(int maxFrameLength) {
            return List.of(new Oversized("one byte too many", (maxFrameLength + 1) + "\n", "A"));
        }
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }

    private static byte[] jpeg(int length) {
        byte[] jpeg = new byte[length];
        jpeg[0] = (byte) 0xFF;
        jpeg[1] = (byte) 0xD8;
        jpeg[2] = (byte) 0xFF;
        jpeg[length - 2] = (byte) 0xFF;
        jpeg[length - 1] = (byte) 0xD9;
        return jpeg;
    }

    private static CameraChannel camera(LengthFormat format) {
        return new CameraChannel(format);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1              | 0",
                "+5              | 0",
                "1e9             | 1",
                "1_000           | 1",
                "12 3            | 3",
                "0x10            | 1",
                "12\u00002       | 2",
                "\u00d9\u00a1    | 0",
                "\u00ef\u00bc\u0091 | 0",
                "1.5             | 1",
                "12\r3           | 3",
                "12ab            | 2",
            })
    void whatIsNoNumberIsRefusedAtItsFirstWrongByte(String header, int good) {
        try (CameraChannel camera = camera(LengthFormat.ascii(MAX)).send(padded(header, 64))) {
            RejectedPacket rejected = camera.reject(0);
            assertThat(rejected.reason()).isEqualTo(RejectReason.BAD_LENGTH);
            assertThat(rejected.content()).hasSize(good + 1);
            assertThat(rejected.closing()).isTrue();
            assertThat(camera.send("1".repeat(200)).received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1048577", "2147483648", "10000000000", "9223372036854775808", "99999999999999999999999"})
    void lengthOverTheCapIsRefusedAtTheDigitThatExceedsIt(String header) {
        try (CameraChannel camera = camera(LengthFormat.ascii(MAX)).send(header)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.reject(0).content()).hasSizeLessThanOrEqualTo(8);
            assertThat(camera.progress().heldBytes()).isZero();
        }
    }

    @Test
    void nothingIsAllocatedByALengthThatLies() {
        try (CameraChannel camera = camera(LengthFormat.ascii(MAX)).send(padded("1048576", 64) + "/9j/")) {
            assertThat(camera.progress().heldBytes()).isLessThan(256);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\1\0\0", "\0\0\1\0", "\0\1\0\0\0\0\0\0"})
    void binaryLengthWithoutAPictureBehindItIsNotThisFormat(String first) {
        byte[] bytes = (first + "<config/>").getBytes(ISO_8859_1);
        try (CameraChannel camera = new CameraChannel(
                        LengthFormat.int32(MAX), LengthFormat.le64(MAX), new XmlFormat(PacketLimits.DEFAULT))
                .sendInPieces(bytes, 1)) {
            assertThat(camera.packet(1).format()).isEqualTo("xml");
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 3", "4, 5", "8, 4", "8, 2"})
    void pickledPayloadIsRefusedWithWhatToSendInstead(int width, int protocol) {
        byte[] length = new byte[width];
        length[1] = 1;
        try (CameraChannel camera = new CameraChannel(LengthFormat.int32(MAX), LengthFormat.le64(MAX))
                .send(length)
                .send("\u0080" + (char) protocol + "anything")) {
            assertThat(camera.reject(0).detail()).contains("pickled", "imencode");
            assertThat(camera.reject(0).closing()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 16, 64})
    void pickledPayloadBehindDigitsIsRefusedToo(int width) {
        try (CameraChannel camera =
                camera(LengthFormat.ascii(MAX)).send(padded("5000", width)).send("\u0080\u0004abc")) {
            assertThat(camera.reject(0).detail()).contains("pickled", "imencode");
        }
    }

    @Test
    void zeroEndsAStreamWithBinaryLengths() {
        byte[] picture = jpeg(300);
        try (CameraChannel camera = camera(LengthFormat.int32(MAX))
                .send(length(LengthNotation.LE32, picture.length))
                .send(picture)
                .send(new byte[4])) {
            assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(picture);
            assertThat(camera.progress().midFrame()).isFalse();
            camera.channel().close();
            assertThat(camera.received()).hasSize(1);
        }
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        try (CameraChannel camera =
                camera(LengthFormat.int32(MAX)).send(new byte[4]).send("more")) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.BAD_LENGTH);
        }
    }

    private static byte[] length(LengthNotation notation, int length) {
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[notation == LengthNotation.LE32 ? i : 3 - i] = (byte) (length >>> (8 * i));
        }
        return bytes;
    }

    /** 0x014000 is 0x004001 with its bytes in reverse order: both are lengths of pictures. */
    @ParameterizedTest
    @CsvSource({"LE32, 81920", "BE32, 81920", "LE32, 65536", "BE32, 65536", "LE32, 256", "BE32, 256"})
    void orderOfBytesThatCanBeBothIsToldByWhereThePictureEnds(LengthNotation notation, int length) {
        byte[] picture = jpeg(length);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int frame = 0; frame < 3; frame++) {
            stream.writeBytes(length(notation, length));
            stream.writeBytes(picture);
        }
        try (CameraChannel camera =
                new CameraChannel(LengthFormat.int32(16 << 20)).sendInPieces(stream.toByteArray(), 1000)) {
            assertThat(camera.received()).hasSize(3).allSatisfy(received -> assertThat(
                            ((Packet) received).images().get(0).bytes())
                    .isEqualTo(picture));
            assertThat(camera.packet(1).format()).isEqualTo(notation.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void emptyFrameBehindDigitsIsReportedAndTheNextOneRead() {
        try (CameraChannel camera = camera(LengthFormat.ascii(MAX))
                .send(padded("0", 64))
                .send(padded("4", 64))
                .send("/9j/")
                .send(padded("4", 64))) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.NOT_A_PICTURE);
            assertThat(camera.reject(0).closing()).isFalse();
            assertThat(camera.packet(1).images()).hasSize(1);
        }
    }

    @Test
    void damagedBase64IsOneDamagedImageAndTheNextFrameIsRead() {
        try (CameraChannel camera = camera(LengthFormat.ascii(MAX))
                .send(padded("8", 64) + "/9j/!AAA")
                .send(padded("4", 64) + "/9j/")
                .send(padded("4", 64))) {
            assertThat(camera.packet(0).images().get(0).damage()).contains("after 4 characters");
            assertThat(camera.packet(1).images().get(0).damage()).isNull();
        }
    }

    @Test
    void onlyFrameOfASenderWithoutTimesIsWholeAfterAWhile() {
        try (CameraChannel camera = camera(LengthFormat.ascii(MAX)).send(padded("4", 64) + "/9j/")) {
            assertThat(camera.received()).isEmpty();
            camera.channel().advanceTimeBy(1500, TimeUnit.MILLISECONDS);
            camera.channel().runScheduledPendingTasks();
            assertThat(camera.packet(0).sentAt()).isNull();
            // The late time changes nothing.
            camera.send(padded("2026-03-29 07:58:21.123456", 64));
            camera.send(padded("4", 64) + "/9j/" + padded("2026-03-29 07:58:22", 64));
            assertThat(camera.received()).hasSize(2);
            assertThat(camera.packet(1).sentAt()).hasToString("2026-03-29T07:58:22Z");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff\u00d8\u00ff\u00e0", "\u0089PNG"})
    void pictureAsItIsBehindDigitsIsNoBase64(String picture) {
        String frame = padded("4", 64) + picture;
        try (CameraChannel camera = camera(LengthFormat.ascii(MAX)).send((frame + frame).getBytes(ISO_8859_1))) {
            assertThat(camera.packet(0).images().get(0).bytes()).isEqualTo(picture.getBytes(ISO_8859_1));
            assertThat(camera.packet(0).images().get(0).damage()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29 09:58:22.5+02:00, 2026-03-29T07:58:22.500Z",
        "2026-03-29 07:58:22+00:00, 2026-03-29T07:58:22Z",
        "2026-03-29T07:58:22Z, 2026-03-29T07:58:22Z",
        "2026-03-29 07:58:22, 2026-03-29T07:58:22Z"
    })
    void timeIsUtcUnlessItSaysItsOffset(String time, String instant) {
        try (CameraChannel camera = camera(LengthFormat.ascii(MAX)).send(padded("4", 64) + "/9j/" + padded(time, 64))) {
            assertThat(camera.packet(0).sentAt()).hasToString(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\u00a0\u00a0\u00a0", "8\0 \0", "8\0 \0\0\0\0\0"})
    void binaryLengthOverTheLimitIsRefusedForItWhereAPictureFollows(String length) {
        byte[] bytes = (length + "\u00ff\u00d8\u00ff\u00e0").getBytes(ISO_8859_1);
        try (CameraChannel camera = new CameraChannel(
                        LengthFormat.int32(MAX),
                        LengthFormat.le64(MAX),
                        LengthFormat.ascii(MAX),
                        new XmlFormat(PacketLimits.DEFAULT))
                .send(bytes)) {
            assertThat(camera.reject(0).reason()).isEqualTo(RejectReason.TOO_LONG);
            assertThat(camera.reject(0).closing()).isTrue();
        }
    }

    @Test
    void timeThatIsNoneLeavesThePicture() {
        try (CameraChannel camera =
                camera(LengthFormat.ascii(MAX)).send(padded("4", 64) + "/9j/" + padded("2026-99-99", 64))) {
            assertThat(camera.packet(0).sentAt()).isNull();
            assertThat(camera.packet(0).images()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void lengthInDigitsMayFollowBinaryOnesUnlessTheListenerTakesNothingElse(int width) {
        byte[] binary = new byte[width];
        binary[width - 2] = 1;
        byte[] picture = jpeg(256);
        String digits = padded("4", 64) + "/9j/" + padded("2026-03-29 07:58:22", 64);
        LengthFormat format = width == 4 ? LengthFormat.be32(MAX) : LengthFormat.be64(MAX);
        for (boolean orDigits : new boolean[] {true, false}) {
            try (CameraChannel camera = camera(orDigits ? format.orDigits() : format)) {
                camera.send(binary).send(picture).send(digits).send(digits);
                assertThat(camera.received()).hasSize(orDigits ? 3 : 2);
                if (orDigits) {
                    assertThat(camera.packet(2).format()).isEqualTo("length64");
                } else {
                    assertThat(camera.reject(1).reason()).isEqualTo(RejectReason.TOO_LONG);
                }
            }
        }
    }
}
