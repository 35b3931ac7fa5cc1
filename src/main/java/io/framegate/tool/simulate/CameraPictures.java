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
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A scene as a camera sees it and two crops of it, as JPEGs. They are read or drawn once. Each image that is sent is
 * one of them with a unique comment after the first marker: no two images are the same, and all are valid.
 *
 * <p>Immutable by convention: no code writes to the arrays.
 */
record CameraPictures(byte[] scene, byte[] face, byte[] plate) {

    /**
     * The distance from one picture of a camera to the next: a camera stays at its place in the list of drawn streets.
     */
    static final int PLACES = 5;

    private static final int MAX_FILES = 50;
    private static final long MAX_PIXELS = 50_000_000;
    private static final int MOMENTS = 3;

    /** Reads the first 50 JPEGs of a folder, by name. */
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

    /** Draws pictures: all places at one moment, then all places at the next. */
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
        // ImageIO would write a temporary file first.
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(picture, "JPEG", output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Returns the picture with this comment, which has at most 65 KB. */
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
