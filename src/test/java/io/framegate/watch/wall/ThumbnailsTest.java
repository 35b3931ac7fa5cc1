package io.framegate.watch.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.ImageHeader;
import io.framegate.image.Pictures;
import io.framegate.settings.HeapShares;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsTest {

    private static final HeapShares BUDGET = new HeapShares(64 << 20, 0, 0, 150_000, 2 << 20, 0);

    @TempDir
    private Path directory = Path.of(".");

    private static WallImage image(String path, String type, int width, int height, long length) {
        return new WallImage(path, type, "scene", width, height, length, "tag");
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage noise = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int pixel = 0; pixel < width * height; pixel++) {
            noise.setRGB(pixel % width, pixel / width, random.nextInt());
        }
        return noise;
    }

    @Test
    void copiesStayWithinTheBytes() throws Exception {
        byte[] picture = Pictures.encoded(noise(960, 540), "jpg");
        assertThat(picture.length).isGreaterThan(48 * 1024);
        try (Thumbnails thumbnails = new Thumbnails(directory, BUDGET)) {
            for (int number = 0; number < 8; number++) {
                String name = number + ".jpg";
                Files.write(directory.resolve(name), picture);
                byte[] copy = thumbnails
                        .of(image(name, "image/jpeg", 960, 540, picture.length))
                        .get(20, TimeUnit.SECONDS);
                assertThat(Objects.requireNonNull(ImageHeader.probe(copy)).width())
                        .isEqualTo(480);
                assertThat(thumbnails.held()).isBetween(0L, BUDGET.smallCopies());
            }
        }
    }

    @Test
    void largePictureIsDecodedInPart() throws Exception {
        byte[] picture = Pictures.encoded(Pictures.photo(2560, 1440), "jpg");
        Files.write(directory.resolve("large.jpg"), picture);
        try (Thumbnails thumbnails = new Thumbnails(directory, BUDGET)) {
            byte[] copy = thumbnails
                    .of(image("large.jpg", "image/jpeg", 2560, 1440, picture.length))
                    .get(20, TimeUnit.SECONDS);
            assertThat(Objects.requireNonNull(ImageHeader.probe(copy)).width()).isEqualTo(480);
        }
    }

    @Test
    void pictureThatWouldNeedTooMuchMemoryIsServedUnchanged() throws IOException {
        try (Thumbnails thumbnails = new Thumbnails(directory, BUDGET)) {
            assertThat(thumbnails.small(image("a", "image/jpeg", 1920, 1080, 400_000)))
                    .isEqualTo(Thumbnails.Small.COPY);
            assertThat(thumbnails.small(image("a", "image/jpeg", 1920, 1080, 15 << 20)))
                    .as("file")
                    .isEqualTo(Thumbnails.Small.ORIGINAL);
            assertThat(thumbnails.small(image("a", "image/jpeg", 10_000, 2_000, 400_000)))
                    .as("pixels")
                    .isEqualTo(Thumbnails.Small.ORIGINAL);
            assertThat(thumbnails.small(image("a", "image/webp", 1920, 1080, 400_000)))
                    .as("decoder")
                    .isEqualTo(Thumbnails.Small.ORIGINAL);
            assertThat(thumbnails.small(image("a", "image/jpeg", 480, 5_000, 400_000)))
                    .as("narrow")
                    .isEqualTo(Thumbnails.Small.ORIGINAL);
            assertThat(thumbnails.small(image("a", "image/jpeg", 1920, 1080, 40_000)))
                    .as("small")
                    .isEqualTo(Thumbnails.Small.ORIGINAL);
        }
    }

    @Test
    void pictureWithoutADecoderIsSentAsItIsIfItIsShort() {
        try (Thumbnails thumbnails = new Thumbnails(directory, BUDGET)) {
            assertThat(thumbnails.small(image("a", "image/avif", 1920, 1080, 500_000)))
                    .isEqualTo(Thumbnails.Small.ORIGINAL);
            assertThat(thumbnails.small(image("a", "image/heic", 0, 0, 2_000_000)))
                    .isEqualTo(Thumbnails.Small.NONE);
        }
    }

    @Test
    void tiffIsNeverSentAsASmallCopy() throws Exception {
        byte[] picture = Pictures.encoded(Pictures.photo(160, 120), "tiff");
        Files.write(directory.resolve("thermal.tif"), picture);
        WallImage image = image("thermal.tif", "image/tiff", 160, 120, 1000);
        try (Thumbnails thumbnails = new Thumbnails(directory, BUDGET)) {
            assertThat(thumbnails.small(image)).isEqualTo(Thumbnails.Small.COPY);
            assertThat(ImageHeader.probe(thumbnails.of(image).get(20, TimeUnit.SECONDS)))
                    .hasToString("JPEG 160x120");
        }
    }
}
