package io.framegate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {

    @Test
    void everyPictureGivesItsSize() {
        Pictures.all().forEach((name, bytes) -> {
            ImageHeader header = probed(bytes);
            boolean pixel = bytes == Pictures.WEBP_LOSSY || bytes == Pictures.WEBP_ALPHA;
            assertThat(header.width()).as(name).isEqualTo(pixel ? 1 : 61);
            assertThat(header.height()).as(name).isEqualTo(pixel ? 1 : 40);
            assertThat(header.format()).as(name).isEqualTo(ImageFormat.of(bytes));
        });
    }

    @Test
    void losslessWebpOfOnePixelIsRead() {
        assertThat(ImageHeader.probe(Pictures.WEBP_LOSSLESS)).isEqualTo(new ImageHeader(ImageFormat.WEBP, 1, 1));
    }

    static Stream<Arguments> declared() {
        return Stream.of(
                arguments("png", Pictures.pngHeader(20_000, 20_000), 20_000, 20_000),
                arguments("png largest", Pictures.pngHeader(Integer.MAX_VALUE, 1), Integer.MAX_VALUE, 1),
                arguments("jpeg", Pictures.jpegHeader(65_500, 65_500), 65_500, 65_500),
                arguments("gif", Pictures.gifWithFrame(65_535, 1), 65_535, 65_535),
                arguments("bmp core", Pictures.bmpHeader(12, 640, 480, 24, 0), 640, 480),
                arguments("bmp info", Pictures.bmpHeader(40, 640, 480, 24, 0), 640, 480),
                arguments("bmp top-down", Pictures.bmpHeader(40, 640, -480, 32, 3), 640, 480),
                arguments("bmp v5", Pictures.bmpHeader(124, 640, 480, 32, 3), 640, 480),
                arguments("webp canvas", Pictures.webpWithFrame(16_384, 1), 16_384, 16_384),
                arguments("webp lossless", Pictures.solidWebp(16_384, 16_384, -1), 16_384, 16_384));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("declared")
    void declaredSizeIsRead(String name, byte[] bytes, int width, int height) {
        ImageHeader header = probed(bytes);
        assertThat(header.width()).isEqualTo(width);
        assertThat(header.height()).isEqualTo(height);
        assertThat(header.pixels()).isEqualTo((long) width * height);
    }

    static Stream<Arguments> impossible() {
        byte[] jpeg = Pictures.jpegHeader(640, 480);
        return Stream.of(
                arguments("png width 0", Pictures.pngHeader(0, 10)),
                arguments("png height 0", Pictures.pngHeader(10, 0)),
                arguments("png negative", Pictures.pngHeader(-1, 10)),
                arguments("png without IHDR", changed(Pictures.pngHeader(10, 10), 12, 'X')),
                arguments("jpeg width 0", Pictures.jpegHeader(0, 480)),
                arguments("jpeg height 0", Pictures.jpegHeader(640, 0)),
                arguments("jpeg segment of length 1", changed(jpeg, 5, 1)),
                arguments("jpeg segment past the end", changed(jpeg, 4, 0x7F)),
                arguments("jpeg with garbage between segments", changed(jpeg, 20, 0)),
                arguments("jpeg with a scan before its frame", changed(jpeg, 21, 0xDA)),
                arguments("jpeg that ends before its frame", changed(jpeg, 21, 0xD9)),
                arguments("jpeg frame of no components", changed(jpeg, 29, 0)),
                arguments("jpeg frame of wrong length", changed(jpeg, 23, 18)),
                arguments("jpeg of fill bytes", filled(1000)),
                arguments("gif width 0", Pictures.gifWithFrame(0, 1)),
                arguments("bmp width 0", Pictures.bmpHeader(40, 0, 480, 24, 0)),
                arguments("bmp width negative", Pictures.bmpHeader(40, -640, 480, 24, 0)),
                arguments("bmp height 0", Pictures.bmpHeader(40, 640, 0, 24, 0)),
                arguments("bmp height least int", Pictures.bmpHeader(40, 640, Integer.MIN_VALUE, 24, 0)),
                arguments("bmp of 7 bits", Pictures.bmpHeader(40, 640, 480, 7, 0)),
                arguments("bmp around a jpeg", Pictures.bmpHeader(40, 1, 1, 24, 4)),
                arguments("bmp around a png", Pictures.bmpHeader(40, 1, 1, 24, 5)),
                arguments("webp not a key frame", changed(Pictures.WEBP_LOSSY, 20, 0x31)),
                arguments("webp without start code", changed(Pictures.WEBP_LOSSY, 23, 0)),
                arguments("webp width 0", changed(Pictures.WEBP_LOSSY, 26, 0)),
                arguments("webp lossless without signature", changed(Pictures.WEBP_LOSSLESS, 20, 0)),
                arguments("webp lossless version 1", changed(Pictures.WEBP_LOSSLESS, 24, 0x30)),
                arguments("webp frame above its canvas", Pictures.webpWithFrame(1, 16_384)),
                arguments("webp frame without start code", changed(Pictures.WEBP_ALPHA, 61, 0)),
                arguments("webp frame above its canvas, in an animation", animated(true)),
                arguments("webp frame above its canvas, behind a stray ANMF", animated(false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossible")
    void impossibleHeaderIsNoPicture(String name, byte[] bytes) {
        assertThat(ImageHeader.probe(bytes)).isNull();
    }

    @Test
    void thumbnailInExifDoesNotGiveTheSize() {
        byte[] thumbnail = Pictures.encoded(Pictures.photo(16, 12), "jpeg");
        byte[] jpeg = Pictures.exif(Pictures.encoded(Pictures.photo(64, 48), "jpeg"), 1, false, thumbnail);
        assertThat(ImageHeader.probe(jpeg)).isEqualTo(new ImageHeader(ImageFormat.JPEG, 64, 48));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
    void everyKindOfFrameIsRead(int marker) {
        assertThat(ImageHeader.probe(changed(Pictures.jpegHeader(640, 480), 21, marker)))
                .isEqualTo(new ImageHeader(ImageFormat.JPEG, 640, 480));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC4, 0xC8, 0xCC})
    void markersBetweenTheFramesAreNoFrame(int marker) {
        assertThat(ImageHeader.probe(changed(Pictures.jpegHeader(640, 480), 21, marker)))
                .isNull();
    }

    @Test
    void fillBytesAndLoneMarkersAreSteppedOver() {
        byte[] lone = {-1, -1, -1, 0x01, -1, (byte) 0xD0, -1};
        assertThat(ImageHeader.probe(Pictures.inserted(Pictures.jpegHeader(640, 480), 20, lone)))
                .isEqualTo(new ImageHeader(ImageFormat.JPEG, 640, 480));
    }

    @Test
    void jpegWithoutEndOrWithPaddingIsAPicture() {
        byte[] jpeg = Pictures.encoded(Pictures.photo(64, 48), "jpeg");
        ImageHeader header = new ImageHeader(ImageFormat.JPEG, 64, 48);
        assertThat(ImageHeader.probe(Arrays.copyOf(jpeg, jpeg.length - 2))).isEqualTo(header);
        assertThat(ImageHeader.probe(Arrays.copyOf(jpeg, jpeg.length + 512))).isEqualTo(header);
        byte[] zip = Pictures.joined(jpeg, "PK\3\4".getBytes(StandardCharsets.US_ASCII));
        assertThat(ImageHeader.probe(zip)).isEqualTo(header);
    }

    @Test
    void everyTruncationGivesTheSizeOrNothing() {
        Pictures.all().forEach((name, bytes) -> {
            ImageHeader whole = probed(bytes);
            for (int length = 0; length < bytes.length; length++) {
                ImageHeader header = ImageHeader.probe(Arrays.copyOf(bytes, length));
                if (header != null && header.hasSize()) {
                    assertThat(header).as("%s cut at %d", name, length).isEqualTo(whole);
                }
            }
        });
    }

    @Test
    void noBytesMakeTheProbeThrow() {
        Random random = new Random(42);
        byte[][] seeds = Pictures.all().values().toArray(new byte[0][]);
        for (int i = 0; i < 200_000; i++) {
            byte[] seed = seeds[i % seeds.length];
            byte[] bytes = Arrays.copyOf(seed, 1 + random.nextInt(Math.min(seed.length, 400)));
            for (int changes = random.nextInt(8); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            ImageHeader header = ImageHeader.probe(bytes);
            if (header != null && header.format() != ImageFormat.TIFF && header.format() != ImageFormat.JXL) {
                assertThat(header.pixels()).isPositive();
            }
        }
    }

    @Test
    void bombCostsNoMemoryAndNoTime() {
        byte[] photo = Arrays.copyOf(Pictures.encoded(Pictures.photo(640, 480), "jpeg"), 200_000);
        byte[] bomb = Pictures.jpegHeader(65_500, 65_500);
        int probes = 50_000;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long started = System.nanoTime();
        long pixels = 0;
        for (int i = 0; i < probes; i++) {
            pixels += probed(photo).pixels() + probed(bomb).pixels();
        }
        long nanos = System.nanoTime() - started;
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        assertThat(pixels).isPositive();
        assertThat(nanos / probes).as("ns for two probes").isLessThan(50_000);
        assertThat(allocated / probes)
                .as("bytes allocated for two probes: the two records")
                .isLessThanOrEqualTo(64);
    }

    private static ImageHeader probed(byte[] bytes) {
        return Objects.requireNonNull(ImageHeader.probe(bytes));
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** A frame in an ANMF, or after one whose length exceeds the file. */
    private static byte[] animated(boolean flagged) {
        byte[] webp = Pictures.webpWithFrame(1, 16_384);
        ByteBuffer anmf = ByteBuffer.allocate(flagged ? 24 : 32).order(ByteOrder.LITTLE_ENDIAN);
        anmf.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(flagged ? 16 + webp.length - 30 : 24);
        if (flagged) {
            webp[20] = 2;
        } else {
            anmf.position(24).putLong(-1L);
        }
        return Pictures.inserted(webp, 30, anmf.array());
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xFF);
        bytes[1] = (byte) 0xD8;
        return bytes;
    }
}
