package io.framegate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTransformTest {

    private final ImageTransform transform = new ImageTransform();

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
    void thumbnailKeepsFormatAndProportion(String format) throws IOException {
        byte[] picture = Pictures.encoded(Pictures.photo(640, 480), format);
        byte[] thumbnail = transform.thumbnail(picture, 100);
        assertThat(ImageHeader.probe(thumbnail)).isEqualTo(new ImageHeader(formatOf(picture), 100, 75));
        BufferedImage seen = Pictures.decoded(thumbnail);
        assertThat(new Color(seen.getRGB(5, 5)).getRed()).isGreaterThan(200);
        assertThat(new Color(seen.getRGB(95, 5)).getRed()).isLessThan(60);
        assertThat(new Color(seen.getRGB(5, 70)).getGreen()).isLessThan(60);
    }

    @Test
    void thumbnailOfWebpIsAJpeg() throws IOException {
        byte[] thumbnail = transform.thumbnail(Pictures.solidWebp(640, 480, 0xFF2040C0), 100);
        assertThat(ImageHeader.probe(thumbnail)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 100, 75));
        assertColor(thumbnail, 50, 50, 0x2040C0);
    }

    @Test
    void thumbnailOfTiffIsAJpegAndUpright() throws IOException {
        byte[] tiff = Pictures.encoded(Pictures.photo(640, 480), "tiff");
        byte[] thumbnail = transform.thumbnail(tiff, 100);
        assertThat(ImageHeader.probe(thumbnail)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 100, 75));
        assertSimilar(Pictures.decoded(thumbnail), Pictures.photo(640, 480));
        assertThat(ImageHeader.probe(transform.convert(tiff, "png")))
                .isEqualTo(new ImageHeader(ImageFormat.PNG, 640, 480));
    }

    @Test
    void tiffOfThermalValuesIsConverted() throws IOException {
        BufferedImage thermal = new BufferedImage(160, 120, BufferedImage.TYPE_USHORT_GRAY);
        thermal.getRaster().setSample(80, 60, 0, 30_000);
        byte[] converted = transform.convert(Pictures.encoded(thermal, "tiff"), "jpg");
        assertThat(ImageHeader.probe(converted)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 160, 120));
    }

    static Stream<Arguments> hostileTiffs() {
        return Stream.of(
                arguments("samples: 1000", tiff(277, 3, 1000)),
                arguments("tile side: 2147483647", tiff(322, 4, Integer.MAX_VALUE)),
                arguments("bits of a sample", tiff(258, 3, 30)),
                arguments("samples (expected: unsigned", tiff(339, 3, 2)),
                arguments("colours", tiff(262, 3, 6)),
                arguments("compression: 7", tiff(259, 3, 7)),
                arguments("tag 273: 2147483648 bytes", changed(tiff(273, 4, 8), 62, 0x20000000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTiffs")
    void tiffThatWouldTakeMoreThanItsPixelsIsNotDecoded(String problem, byte[] tiff) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transform.convert(tiff, "png"))
                .withMessageStartingWith("TIFF " + problem);
    }

    @Test
    void tiffAboveAQuarterOfTheLimitIsNotDecoded() {
        transform.setMaxPixels(400_000);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transform.thumbnail(Pictures.encoded(Pictures.photo(400, 300), "tiff"), 100))
                .withMessage("image size: 400x300 (expected: <= 100000 pixels)");
    }

    /** Width, height and one more entry, whose count is at 62. */
    private static byte[] tiff(int tag, int type, int value) {
        ByteBuffer tiff = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(StoredPictures.tiff(ByteOrder.LITTLE_ENDIAN, 64, 48));
        return directory(tiff, new int[][] {{256, 4, 64}, {tag, type, value}, {257, 4, 48}});
    }

    private static byte[] directory(ByteBuffer tiff, int[][] entries) {
        tiff.putInt(4, 44).putShort(44, (short) entries.length).position(46);
        for (int[] entry : entries) {
            tiff.putShort((short) entry[0]).putShort((short) entry[1]).putInt(1).putInt(entry[2]);
        }
        byte[] all = new byte[tiff.capacity()];
        tiff.rewind().get(all);
        return all;
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return bytes;
    }

    @Test
    void webpOfFewBytesAndManyPixelsIsDecodedInTime() {
        byte[] picture = Pictures.solidWebp(4000, 3000, -1);
        assertThat(picture).hasSizeLessThan(64);
        assertTimeout(Duration.ofSeconds(10), () -> transform.thumbnail(picture, 100));
    }

    @Test
    void narrowPictureIsReturnedAsItIs() throws IOException {
        byte[] picture = Pictures.encoded(Pictures.photo(100, 400), "jpeg");
        assertThat(transform.thumbnail(picture, 100)).isSameAs(picture);
        assertThat(transform.thumbnail(picture, 5000)).isSameAs(picture);
    }

    @Test
    void thumbnailIsAtLeastOnePixelHigh() throws IOException {
        byte[] picture = Pictures.encoded(Pictures.photo(1000, 1), "png");
        assertThat(ImageHeader.probe(transform.thumbnail(picture, 10)))
                .isEqualTo(new ImageHeader(ImageFormat.PNG, 10, 1));
    }

    @Test
    void thumbnailOfALargePictureLeavesPixelsOut() throws IOException {
        byte[] picture = Pictures.encoded(Pictures.photo(4000, 3000), "jpeg");
        byte[] thumbnail = transform.thumbnail(picture, 333);
        assertThat(ImageHeader.probe(thumbnail)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 333, 250));
    }

    @ParameterizedTest
    @CsvSource({"1, 40, 30", "3, 40, 30", "5, 40, 53", "6, 40, 53", "8, 40, 53"})
    void thumbnailIsUpright(int orientation, int width, int height) throws IOException {
        BufferedImage photo = Pictures.photo(640, 480);
        byte[] picture = Pictures.exif(Pictures.encoded(photo, "jpeg"), orientation, true, new byte[0]);
        byte[] thumbnail = transform.thumbnail(picture, 40);
        assertThat(ImageHeader.probe(thumbnail)).isEqualTo(new ImageHeader(ImageFormat.JPEG, width, height));
        assertThat(Orientation.of(thumbnail, ImageFormat.JPEG)).isEqualTo(Orientation.UPRIGHT);
        BufferedImage expected = Orientation.upright(photo, orientation, BufferedImage.TYPE_INT_RGB);
        assertSimilar(Pictures.decoded(thumbnail), expected);
    }

    @Test
    void narrowPictureIsTurnedWithoutBeingEnlarged() throws IOException {
        byte[] picture = Pictures.exif(Pictures.encoded(Pictures.photo(64, 48), "jpeg"), 6, true, new byte[0]);
        assertThat(ImageHeader.probe(transform.thumbnail(picture, 1000)))
                .isEqualTo(new ImageHeader(ImageFormat.JPEG, 48, 64));
    }

    static Stream<Arguments> conversions() {
        return Pictures.all().entrySet().stream()
                .flatMap(picture -> Stream.of("jpg", "jpeg", "png", "gif", "bmp", "JPG")
                        .map(format -> arguments(picture.getKey(), format, picture.getValue())));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("conversions")
    void everyPictureIsConvertedToEveryFormat(String name, String format, byte[] picture) throws IOException {
        byte[] converted = transform.convert(picture, format);
        ImageFormat wanted = ImageFormat.named(format);
        assertThat(formatOf(converted)).isEqualTo(wanted);
        if (formatOf(picture) == wanted) {
            assertThat(converted).isSameAs(picture);
        } else {
            boolean sideways = name.equals("jpeg with exif");
            BufferedImage source = Pictures.decoded(picture);
            BufferedImage seen = Pictures.decoded(converted);
            assertThat(seen.getWidth()).isEqualTo(sideways ? source.getHeight() : source.getWidth());
            assertThat(seen.getHeight()).isEqualTo(sideways ? source.getWidth() : source.getHeight());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "bmp"})
    void transparencyBecomesWhite(String format) throws IOException {
        byte[] picture = Pictures.encoded(Pictures.transparent(60, 40), "png");
        assertColor(transform.convert(picture, format), 30, 20, 0xFFFFFF);
        assertColor(transform.convert(transform.thumbnail(picture, 30), format), 15, 10, 0xFFFFFF);
    }

    @Test
    void transparencyIsKeptWhereTheFormatHasIt() throws IOException {
        byte[] picture = Pictures.encoded(Pictures.transparent(60, 40), "png");
        byte[] gif = transform.convert(picture, "gif");
        assertThat(Pictures.decoded(gif).getRGB(30, 20) >>> 24).isZero();
        assertThat(Pictures.decoded(transform.thumbnail(picture, 30)).getRGB(15, 10) >>> 24)
                .isZero();
        assertThat(Pictures.decoded(transform.thumbnail(gif, 30)).getRGB(15, 10) >>> 24)
                .isZero();
    }

    @Test
    void greyPictureKeepsItsShades() throws IOException {
        BufferedImage grey = new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 60 * 40; i++) {
            grey.getRaster().setSample(i % 60, i / 60, 0, 100);
        }
        byte[] png = Pictures.encoded(grey, "png");
        int shade = 0x646464;
        for (String format : new String[] {"jpg", "gif", "bmp"}) {
            assertColor(transform.convert(png, format), 30, 20, shade);
            assertColor(transform.thumbnail(transform.convert(png, format), 30), 15, 10, shade);
        }
        assertColor(transform.thumbnail(png, 30), 15, 10, shade);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_4BYTE_ABGR
            })
    void unusualPixelsAreConverted(int type) throws IOException {
        BufferedImage image = new BufferedImage(60, 40, type);
        byte[] png = Pictures.encoded(image, "png");
        for (String format : new String[] {"jpg", "gif", "bmp"}) {
            assertThat(formatOf(transform.convert(png, format))).isEqualTo(ImageFormat.named(format));
        }
        assertThat(formatOf(transform.thumbnail(png, 20))).isEqualTo(ImageFormat.PNG);
    }

    @Test
    void qualityDecidesTheSizeOfAJpeg() throws IOException {
        byte[] png = Pictures.encoded(Pictures.photo(200, 200), "png");
        int good = transform.convert(png, "jpg").length;
        transform.setQuality(0.2f);
        assertThat(transform.convert(png, "jpg").length).isLessThan(good / 2);
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                arguments("png", Pictures.pngHeader(20_000, 20_000), "20000x20000", 50_000_000),
                arguments("jpeg", Pictures.jpegHeader(65_500, 65_500), "65500x65500", 50_000_000),
                arguments("gif screen", Pictures.gifWithFrame(65_535, 1), "65535x65535", 50_000_000),
                arguments("gif frame", Pictures.gifWithFrame(1, 65_535), "65535x65535", 50_000_000),
                arguments("bmp", Pictures.bmpHeader(40, 20_000, -20_000, 24, 0), "20000x20000", 50_000_000),
                arguments("webp", Pictures.solidWebp(16_384, 16_384, -1), "16384x16384", 12_500_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void bombIsRefusedBeforeItIsDecoded(String name, byte[] bytes, String size, int limit) {
        String message = "image size: " + size + " (expected: <= " + limit + " pixels)";
        // A GIF that is converted to GIF is not decoded.
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transform.convert(bytes, name.equals("png") ? "jpg" : "png"))
                .withMessage(message);
        if (!name.equals("gif frame")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> transform.thumbnail(bytes, 100))
                    .withMessage(message);
        }
    }

    @Test
    void limitOfPixelsCanBeSet() throws IOException {
        byte[] picture = Pictures.encoded(Pictures.photo(100, 100), "png");
        transform.setMaxPixels(10_000);
        assertThat(transform.convert(picture, "jpg")).isNotEmpty();
        transform.setMaxPixels(9_999);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transform.convert(picture, "png"))
                .withMessage("image size: 100x100 (expected: <= 9999 pixels)");
    }

    @Test
    void webpFrameAboveItsCanvasIsNoPicture() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transform.thumbnail(Pictures.webpWithFrame(1, 16_384), 100))
                .withMessageContaining("no known format");
    }

    @Test
    void otherBytesAreRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transform.thumbnail(new byte[12], 100))
                .withMessage("image: 12 bytes of no known format (expected: JPEG, PNG, GIF, BMP, WebP or TIFF)");
    }

    @Test
    void damagedPictureIsRefused() {
        byte[] png = Pictures.encoded(Pictures.photo(64, 48), "png");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> transform.convert(Arrays.copyOf(png, png.length / 2), "jpg"))
                .withMessage("image: damaged PNG 64x48 (expected: a picture that can be decoded)");
    }

    @Test
    void jpegCutInTheMiddleKeepsItsUpperPart() throws IOException {
        byte[] jpeg = Pictures.encoded(Pictures.solid(640, 480, 0x2040C0), "jpeg");
        byte[] thumbnail = transform.thumbnail(Arrays.copyOf(jpeg, jpeg.length * 2 / 3), 64);
        assertThat(ImageHeader.probe(thumbnail)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 64, 48));
        assertColor(thumbnail, 32, 4, 0x2040C0);
    }

    /** A palette of 2 billion colours, and pixels that begin 2 GB into the file. */
    @Test
    void paletteIsNotSizedByTheHeader() {
        byte[] bmp = Pictures.bmpHeader(40, 4, 4, 8, 0);
        for (int at : new int[] {10, 46}) {
            Arrays.fill(bmp, at, at + 3, (byte) 0xFF);
            bmp[at + 3] = 0x7F;
        }
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> transform.convert(bmp, "png"));
    }

    /** A damaged file gives a picture or an IOException, but no other exception and no error. */
    @Test
    void damageNeverEscapesAsAnotherException() {
        Random random = new Random(3);
        transform.setMaxPixels(1_000_000);
        Pictures.all().forEach((name, picture) -> {
            for (int i = 0; i < 150; i++) {
                byte[] bytes = picture.clone();
                for (int changes = random.nextInt(6); changes >= 0; changes--) {
                    int within = random.nextBoolean() ? Math.min(100, bytes.length) : bytes.length;
                    bytes[random.nextInt(within)] = (byte) random.nextInt();
                }
                try {
                    assertThat(transform.thumbnail(bytes, 20)).isNotEmpty();
                    assertThat(transform.convert(bytes, name.startsWith("png") ? "bmp" : "png"))
                            .isNotEmpty();
                } catch (IOException e) {
                    assertThat(e).as(name).hasMessageContaining("(expected: ");
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp", "tiff", "", "../x"})
    void formatThatCannotBeWrittenIsRefused(String format) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transform.convert(Pictures.WEBP_LOSSY, format))
                .withMessage("image format: " + format.replaceAll("[^A-Za-z0-9]", "_")
                        + " (expected: jpg, jpeg, png, gif or bmp; webp and tif can be read but not written)");
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transform.thumbnail(Pictures.WEBP_LOSSY, 0))
                .withMessage("thumbnail width: 0 (expected: >= 1)");
        assertThatIllegalArgumentException().isThrownBy(() -> transform.setMaxPixels(0));
        assertThatIllegalArgumentException().isThrownBy(() -> transform.setQuality(0));
        assertThatIllegalArgumentException().isThrownBy(() -> transform.setQuality(1.5f));
        assertThatIllegalArgumentException().isThrownBy(() -> transform.setQuality(Float.NaN));
    }

    private static ImageFormat formatOf(byte[] bytes) {
        ImageFormat format = ImageFormat.of(bytes);
        assertThat(format).isNotNull();
        return Objects.requireNonNull(format);
    }

    private static void assertColor(byte[] picture, int x, int y, int rgb) {
        BufferedImage plain = Orientation.upright(Pictures.decoded(picture), 1, BufferedImage.TYPE_INT_RGB);
        assertNear(new Color(plain.getRGB(x, y)), new Color(rgb), 8);
    }

    /** Compares a picture with a larger one at a few points. */
    private static void assertSimilar(BufferedImage small, BufferedImage large) {
        for (int i = 1; i < 8; i += 2) {
            for (int j = 1; j < 8; j += 2) {
                Color seen = new Color(small.getRGB(small.getWidth() * i / 8, small.getHeight() * j / 8));
                Color expected = new Color(large.getRGB(large.getWidth() * i / 8, large.getHeight() * j / 8));
                assertThat(seen.getRed()).isBetween(expected.getRed() - 20, expected.getRed() + 20);
                assertThat(seen.getGreen()).isBetween(expected.getGreen() - 20, expected.getGreen() + 20);
            }
        }
    }

    private static void assertNear(Color seen, Color expected, int distance) {
        assertThat(seen.getRed()).isBetween(expected.getRed() - distance, expected.getRed() + distance);
        assertThat(seen.getGreen()).isBetween(expected.getGreen() - distance, expected.getGreen() + distance);
        assertThat(seen.getBlue()).isBetween(expected.getBlue() - distance, expected.getBlue() + distance);
    }
}
