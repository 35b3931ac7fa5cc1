package io.framegate.tool.simulate;

import io.framegate.image.ImageFormat;
import io.framegate.image.ImageHeader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What a camera sees: a scene and two parts of it, all of them JPEG. They are read or drawn once; each image sent is one of
 * them with a comment of its own behind the first marker, so that no two are the same and all are valid.
 *
 * <p>Immutable by convention: nobody writes to the arrays.
 */
record CameraPictures(byte[] scene, byte[] face, byte[] plate) {

    /** A camera's next picture is so many behind the last one, so that those of drawn streets stay in theirs. */
    static final int PLACES = 5;

    private static final int MAX_FILES = 50;
    private static final long MAX_PIXELS = 50_000_000;
    private static final int MOMENTS = 3;

    /** Those of a folder's JPEGs, the first 50 by name. */
    static List<CameraPictures> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("--images: " + folder + " (expected: a folder)");
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(CameraPictures::isJpeg)
                    .sorted()
                    .limit(MAX_FILES)
                    .toList();
        }
        if (files.isEmpty()) {
            throw new IOException("--images: no picture in " + folder + " (expected: files *.jpg or *.jpeg)");
        }
        List<CameraPictures> pictures = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            pictures.add(cropped(bytes, decoded(bytes, file)));
        }
        return pictures;
    }

    private static boolean isJpeg(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && (name.endsWith(".jpg") || name.endsWith(".jpeg"));
    }

    private static BufferedImage decoded(byte[] bytes, Path file) throws IOException {
        ImageHeader header = ImageHeader.probe(bytes);
        if (header == null || header.format() != ImageFormat.JPEG || header.pixels() > MAX_PIXELS) {
            throw new IOException("--images: " + file + " (expected: a JPEG of at most " + MAX_PIXELS + " pixels)");
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("JPEG").next();
        try (MemoryCacheImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(input, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** Drawn ones: those of all places at one moment, then those of the next. */
    static List<CameraPictures> drawn() {
        return IntStream.range(0, PLACES * MOMENTS)
                .parallel()
                .mapToObj(number -> DrawnStreet.at(number % PLACES, number / PLACES))
                .map(picture -> cropped(encoded(picture), picture))
                .toList();
    }

    private static CameraPictures cropped(byte[] scene, BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        return new CameraPictures(
                scene,
                encoded(part(picture, width / 3, height / 4, width / 8, height / 4)),
                encoded(part(picture, width / 4, height * 2 / 3, width / 6, height / 12)));
    }

    private static BufferedImage part(BufferedImage picture, int x, int y, int width, int height) {
        BufferedImage part = new BufferedImage(Math.max(1, width), Math.max(1, height), BufferedImage.TYPE_INT_RGB);
        part.getGraphics().drawImage(picture, -x, -y, null);
        return part;
    }

    private static byte[] encoded(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "JPEG", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The picture with this comment, at most 65 KB. */
    static byte[] with(String comment, byte[] jpeg) {
        byte[] text = comment.getBytes(StandardCharsets.US_ASCII);
        int length = text.length + 2;
        ByteArrayOutputStream commented = new ByteArrayOutputStream(jpeg.length + length + 2);
        commented.write(jpeg, 0, 2);
        commented.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, (byte) (length >> 8), (byte) length});
        commented.writeBytes(text);
        commented.write(jpeg, 2, jpeg.length - 2);
        return commented.toByteArray();
    }
}
