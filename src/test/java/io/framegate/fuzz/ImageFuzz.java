package io.framegate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.image.ImageHeader;
import io.framegate.image.ImageTransform;
import io.framegate.image.StoredPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Probes bytes, and transforms them: the header never fails, and a bad picture is an {@link IOException}. */
final class ImageFuzz implements FuzzTarget.Fuzz {

    private static final int MAX_PIXELS = 200_000;
    private static final int WIDTH = 8;

    private final ImageTransform transform = new ImageTransform();

    ImageFuzz() {
        transform.setMaxPixels(MAX_PIXELS);
    }

    @Override
    public void read(byte[] bytes) {
        ImageHeader header = ImageHeader.probe(bytes);
        if (header != null) {
            assertThat(header.width() > 0).isEqualTo(header.hasSize());
            assertThat(header.height() > 0).isEqualTo(header.hasSize());
        }
        check(bytes, image -> transform.thumbnail(image, WIDTH));
        check(bytes, image -> transform.convert(image, "png"));
        check(bytes, image -> transform.jpeg(image, WIDTH, WIDTH));
    }

    @FunctionalInterface
    private interface Transformation {
        byte[] of(byte[] image) throws IOException;
    }

    private static void check(byte[] bytes, Transformation transformation) {
        try {
            assertThat(ImageHeader.probe(transformation.of(bytes))).isNotNull();
        } catch (IOException noPicture) {
            // As promised.
        }
    }

    /** A picture of each format that can be written, and the header of each that is only stored. */
    static List<byte[]> pictures() {
        List<byte[]> pictures = new ArrayList<>(StoredPictures.all().values());
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (String format : List.of("jpeg", "png", "gif", "bmp", "tiff")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, format, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            pictures.add(bytes.toByteArray());
        }
        return pictures;
    }
}
