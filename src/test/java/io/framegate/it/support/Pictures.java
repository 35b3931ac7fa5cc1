package io.framegate.it.support;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of which no two are the same. */
public final class Pictures {

    private static final int MAX_COMMENT = 65_533;

    private static final AtomicLong NUMBER = new AtomicLong();
    private static final byte[] JPEG = encoded(picture(new Random(1)), "jpeg");

    private Pictures() {}

    /** A JPEG of less than 1 KB. */
    public static byte[] jpeg() {
        return jpeg(0);
    }

    /**
     * A JPEG of about so many bytes, most of it in comments, and with a trailer behind its end, as some cameras send.
     */
    public static byte[] jpeg(int size) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream(size + 1024);
        jpeg.writeBytes(bareJpeg(size));
        jpeg.writeBytes(("trailer " + NUMBER.get()).getBytes(StandardCharsets.US_ASCII));
        return jpeg.toByteArray();
    }

    /** The same without a trailer. */
    public static byte[] bareJpeg(int size) {
        return unique(JPEG, size);
    }

    /** A JPEG that shows one colour, {@code 0xRRGGBB}, and takes about so many bytes or a few. */
    public static byte[] plain(int rgb, int width, int height, int size) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] colours = new int[width * height];
        Arrays.fill(colours, rgb);
        image.setRGB(0, 0, width, height, colours, 0, width);
        return unique(encoded(image, "jpeg"), size);
    }

    private static byte[] unique(byte[] picture, int size) {
        long number = NUMBER.incrementAndGet();
        Random random = new Random(number);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream(size + 1024);
        jpeg.write(picture, 0, 2);
        comment(jpeg, ("framegate picture " + number).getBytes(StandardCharsets.US_ASCII));
        while (jpeg.size() + picture.length < size) {
            byte[] filling = new byte[Math.min(MAX_COMMENT, size - jpeg.size() - picture.length + 1)];
            random.nextBytes(filling);
            comment(jpeg, filling);
        }
        jpeg.write(picture, 2, picture.length - 2);
        return jpeg.toByteArray();
    }

    private static void comment(ByteArrayOutputStream jpeg, byte[] text) {
        int length = text.length + 2;
        jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, (byte) (length >> 8), (byte) length});
        jpeg.writeBytes(text);
    }

    /** A small PNG. */
    public static byte[] png() {
        return encoded(picture(new Random(NUMBER.incrementAndGet())), "png");
    }

    /** A PNG of 33 bytes that declares this size, as an attacker's does. */
    public static byte[] pngHeader(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(33 + 8);
        png.putLong(0x89504E470D0A1A0AL).putInt(13).putInt(0x49484452);
        png.putInt(width).putInt(height).put((byte) 8).put((byte) 2);
        return png.putLong(33, NUMBER.incrementAndGet()).array();
    }

    private static BufferedImage picture(Random random) {
        BufferedImage image = new BufferedImage(12, 8, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // ImageIO's directory for its cache may be another test's.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** SHA-256, hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
