package io.framegate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Formats that are stored as they are: AVIF, HEIC, JPEG XL, JPEG 2000, and TIFF, which may be decoded. */
class StoredHeaderTest {

    private static final Duration IN_TIME = Duration.ofSeconds(5);

    @Test
    void everyKindGivesItsFormatAndItsSize() {
        StoredPictures.all().forEach((name, bytes) -> {
            ImageFormat format = ImageFormat.valueOf(name.replaceAll(" .*", "").toUpperCase(Locale.ROOT));
            assertThat(ImageHeader.probe(bytes)).as(name).isEqualTo(new ImageHeader(format, 320, 240));
        });
    }

    @Test
    void cutFileHasItsSizeOrAnUnknownOne() {
        StoredPictures.all().forEach((name, bytes) -> {
            ImageHeader whole = Objects.requireNonNull(ImageHeader.probe(bytes));
            for (int length = 12; length < bytes.length; length++) {
                ImageHeader cut = Objects.requireNonNull(ImageHeader.probe(Arrays.copyOf(bytes, length)), name);
                assertThat(cut.hasSize() ? cut.width() : whole.width())
                        .as("%s cut at %d", name, length)
                        .isEqualTo(whole.width());
            }
        });
    }

    static Stream<Arguments> unknown() {
        byte[] ftyp = StoredPictures.box("ftyp", "avif\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
        byte[] avif = StoredPictures.heif("avif", "mif1", 320, 240);
        return Stream.of(
                arguments("avif of a brand only", ftyp),
                arguments("avif without a size", Pictures.joined(ftyp, StoredPictures.box("meta", new byte[4]))),
                arguments("avif with a box of length 2", replaced(avif, "meta", -4, 2)),
                arguments("avif of width 0", StoredPictures.heif("avif", "mif1", 0, 240)),
                arguments("avif of a negative width", StoredPictures.heif("avif", "mif1", -1, 240)),
                arguments("avif whose primary item has no size", replaced(avif, "pitm", 6, 9)),
                arguments("jxl without its codestream", StoredPictures.jxlInBoxes("jxlc", new byte[2])),
                arguments("jxl of boxes alone", StoredPictures.jxlInBoxes("Exif", new byte[4])),
                arguments("jxl of 2 bytes", new byte[] {(byte) 0xFF, 0x0A}),
                arguments("jxl too wide", StoredPictures.jxlRatio(7, 1 << 30)),
                arguments("jp2 of width 0", StoredPictures.jp2(0, 240)),
                arguments("jp2 of a negative height", StoredPictures.jp2(320, -5)),
                arguments("j2k that ends left of its beginning", StoredPictures.j2k(-4, 240)),
                arguments("tiff of 8 bytes", Arrays.copyOf(StoredPictures.tiff(ByteOrder.LITTLE_ENDIAN, 1, 1), 8)),
                arguments("tiff with an offset behind its end", tiffAt(Integer.MAX_VALUE)),
                arguments("tiff with a negative offset", tiffAt(-1)),
                arguments("tiff that points at its head", tiffAt(4)),
                arguments("tiff of height 0", StoredPictures.tiff(ByteOrder.BIG_ENDIAN, 320, 0)),
                arguments("big tiff of a negative height", StoredPictures.bigTiff(ByteOrder.BIG_ENDIAN, 320, -1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unknown")
    void brokenOrMissingSizeIsUnknownAndThePictureIsKept(String name, byte[] bytes) {
        ImageHeader header = Objects.requireNonNull(ImageHeader.probe(bytes), name);
        assertThat(header.hasSize()).isFalse();
        assertThat(header.width()).isZero();
        assertThat(header.height()).isZero();
        assertThat(header.pixels()).isZero();
        assertThat(header).hasToString(header.format() + " of unknown size");
    }

    @ParameterizedTest
    @CsvSource({"1, 600", "2, 720", "3, 800", "4, 900", "5, 1066", "6, 750", "7, 1200"})
    void widthOfAJxlMayFollowFromItsHeight(int ratio, int width) {
        assertThat(ImageHeader.probe(StoredPictures.jxlRatio(ratio, 600)))
                .isEqualTo(new ImageHeader(ImageFormat.JXL, width, 600));
    }

    @Test
    void smallJxlHasSidesInSteps() {
        assertThat(ImageHeader.probe(StoredPictures.jxlSmall(256, 64)))
                .isEqualTo(new ImageHeader(ImageFormat.JXL, 256, 64));
    }

    @Test
    void boxMayHaveALongLengthOrNone() {
        byte[] meta = Arrays.copyOfRange(StoredPictures.heif("heic", "mif1", 640, 480), 20, 200);
        int length = ByteBuffer.wrap(meta).getInt();
        byte[] content = Arrays.copyOfRange(meta, 8, length);
        byte[] ftyp = StoredPictures.box("ftyp", "heic\0\0\0\0mif1".getBytes(StandardCharsets.US_ASCII));
        byte[] type = "meta".getBytes(StandardCharsets.US_ASCII);
        byte[] longLength = ByteBuffer.allocate(8).putLong(content.length + 16L).array();
        ImageHeader expected = new ImageHeader(ImageFormat.HEIC, 640, 480);
        assertThat(ImageHeader.probe(Pictures.joined(ftyp, StoredPictures.i32(1), type, longLength, content)))
                .isEqualTo(expected);
        assertThat(ImageHeader.probe(Pictures.joined(ftyp, StoredPictures.i32(0), type, content)))
                .isEqualTo(expected);
        byte[] endless = ByteBuffer.allocate(8).putLong(Long.MAX_VALUE).array();
        assertThat(ImageHeader.probe(Pictures.joined(ftyp, StoredPictures.i32(1), type, endless, content)))
                .isEqualTo(expected);
    }

    /** A million boxes, a directory of a million entries, and associations without an end. */
    @Test
    void longHeadersCostNoTime() {
        byte[] ftyp = Arrays.copyOf(StoredPictures.heif("avif", "mif1", 1, 1), 20);
        byte[] boxes = new byte[8 << 20];
        for (int at = 0; at < boxes.length; at += 8) {
            boxes[at + 3] = 8;
        }
        byte[] tiff = new byte[8 << 20];
        System.arraycopy(StoredPictures.bigTiff(ByteOrder.LITTLE_ENDIAN, 1, 1), 0, tiff, 0, 24);
        Arrays.fill(tiff, 24, 31, (byte) 0xFF);
        byte[] endless = StoredPictures.heif("avif", "mif1", 320, 240);
        Assertions.assertTimeout(IN_TIME, () -> {
            for (int round = 0; round < 1000; round++) {
                assertThat(Objects.requireNonNull(ImageHeader.probe(Pictures.joined(ftyp)))
                                .hasSize())
                        .isFalse();
                assertThat(ImageHeader.probe(tiff)).isEqualTo(ImageHeader.unknown(ImageFormat.TIFF));
            }
            assertThat(ImageHeader.probe(Pictures.joined(ftyp, boxes)))
                    .isEqualTo(ImageHeader.unknown(ImageFormat.AVIF));
            assertThat(ImageHeader.probe(replaced(endless, "ipma", 8, -1))).isNotNull();
        });
    }

    @Test
    void noBytesMakeTheProbeThrow() {
        Random random = new Random(43);
        byte[][] seeds = StoredPictures.all().values().toArray(new byte[0][]);
        for (int i = 0; i < 200_000; i++) {
            byte[] seed = seeds[i % seeds.length];
            byte[] bytes = Arrays.copyOf(seed, 1 + random.nextInt(seed.length));
            for (int changes = random.nextInt(8); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            ImageHeader header = ImageHeader.probe(bytes);
            if (header != null) {
                assertThat(header.pixels()).isNotNegative();
                assertThat(header.width() > 0).isEqualTo(header.height() > 0);
            }
        }
    }

    @Test
    void pictureWithoutADecoderIsRefusedByItsName() {
        ImageTransform transform = new ImageTransform();
        assertThatExceptionOfType(NoDecoderException.class)
                .isThrownBy(() -> transform.thumbnail(StoredPictures.heif("avif", "mif1", 320, 240), 100))
                .withMessage("image format: AVIF has no decoder (expected: JPEG, PNG, GIF, BMP, WebP or TIFF)")
                .satisfies(e -> assertThat(e.format()).isEqualTo(ImageFormat.AVIF));
        StoredPictures.all().forEach((name, bytes) -> {
            if (!name.startsWith("tiff")) {
                assertThatExceptionOfType(NoDecoderException.class)
                        .as(name)
                        .isThrownBy(() -> transform.convert(bytes, "png"));
            }
        });
    }

    private static byte[] tiffAt(int offset) {
        byte[] tiff = StoredPictures.tiff(ByteOrder.LITTLE_ENDIAN, 320, 240);
        ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN).putInt(4, offset);
        return tiff;
    }

    /** The bytes with a number at a distance from the name of a box. */
    private static byte[] replaced(byte[] bytes, String box, int distance, int value) {
        byte[] changed = bytes.clone();
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(box);
        ByteBuffer.wrap(changed).putInt(at + distance, value);
        return changed;
    }
}
