package io.framegate.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Creates pictures, and headers that do not match their pictures. */
public final class Pictures {

    /** One pixel each, from the questions and answers on Google's WebP site. */
    static final byte[] WEBP_LOSSY = base64("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

    static final byte[] WEBP_LOSSLESS = base64("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");

    static final byte[] WEBP_ALPHA =
            base64("UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4A"
                    + "AA3AAP7mtQAAAA==");

    private Pictures() {}

    /** One picture of each kind that can be decoded. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        BufferedImage photo = photo(61, 40);
        all.put("jpeg", encoded(photo, "jpeg"));
        all.put("jpeg with exif", exif(encoded(photo, "jpeg"), 6, true, encoded(photo(16, 12), "jpeg")));
        all.put("jpeg cmyk", cmyk(61, 40));
        all.put("png", encoded(photo, "png"));
        all.put("png with alpha", encoded(transparent(61, 40), "png"));
        all.put("gif", encoded(photo, "gif"));
        all.put("bmp", encoded(photo, "bmp"));
        all.put("tiff", encoded(photo, "tiff"));
        all.put("webp lossy", WEBP_LOSSY);
        all.put("webp lossless", solidWebp(61, 40, 0xFF2040C0));
        all.put("webp with alpha", WEBP_ALPHA);
        return all;
    }

    /** Red at the left, green at the top, with noise like that of a camera. */
    public static BufferedImage photo(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 255 - x * 255 / width;
                int green = 255 - y * 255 / height;
                image.setRGB(x, y, red << 16 | green << 8 | random.nextInt(64));
            }
        }
        return image;
    }

    public static BufferedImage solid(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    /** A transparent picture. */
    static BufferedImage transparent(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    }

    public static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, format, output)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static BufferedImage decoded(byte[] bytes) {
        try {
            BufferedImage image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
            if (image == null) {
                throw new IllegalArgumentException("no picture");
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Four bands and an Adobe segment without a colour transform, as print workflows write them. */
    static byte[] cmyk(int width, int height) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        byte[] ink = new byte[width * height * 4];
        Arrays.fill(ink, (byte) 200);
        raster.setDataElements(0, 0, width, height, ink);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        byte[] adobe = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        return inserted(bytes.toByteArray(), 2, adobe);
    }

    /** The JPEG with an APP1 that contains an orientation and a thumbnail. */
    static byte[] exif(byte[] jpeg, int orientation, boolean little, byte[] thumbnail) {
        ByteBuffer app1 = ByteBuffer.allocate(4 + 6 + 8 + 2 + 24 + 4 + thumbnail.length);
        app1.putShort((short) 0xFFE1).putShort((short) (app1.capacity() - 2));
        app1.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        app1.put((little ? "II*\0" : "MM\0*").getBytes(StandardCharsets.US_ASCII));
        app1.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        app1.putInt(8).putShort((short) 2);
        app1.putShort((short) 0x0100)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 9)
                .putShort((short) 0);
        app1.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        app1.putShort((short) 0).putInt(0).put(thumbnail);
        return inserted(jpeg, 2, app1.array());
    }

    /** Only the signature and the IHDR of a PNG. */
    public static byte[] pngHeader(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(33);
        png.putLong(0x89504E470D0A1A0AL)
                .putInt(13)
                .putInt(0x49484452)
                .putInt(width)
                .putInt(height);
        return png.put((byte) 8).put((byte) 2).array();
    }

    /** SOI, APP0, SOF0 and the beginning of a scan. */
    static byte[] jpegHeader(int width, int height) {
        ByteBuffer jpeg = ByteBuffer.allocate(45);
        jpeg.putShort((short) 0xFFD8).putShort((short) 0xFFE0).putShort((short) 16);
        jpeg.put("JFIF\0\1\1\0\0\1\0\1\0\0".getBytes(StandardCharsets.ISO_8859_1));
        jpeg.putShort((short) 0xFFC0).putShort((short) 17).put((byte) 8);
        jpeg.putShort((short) height).putShort((short) width);
        jpeg.put(new byte[] {3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1});
        return jpeg.putShort((short) 0xFFDA).array();
    }

    /** A GIF whose only frame is larger than its screen. */
    static byte[] gifWithFrame(int screen, int frame) {
        ByteBuffer gif = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
        gif.putShort((short) screen).putShort((short) screen).put((byte) 0x80).putShort((short) 0);
        gif.put(new byte[] {0, 0, 0, -1, -1, -1}).put((byte) 0x2C).putInt(0);
        return gif.putShort((short) frame).putShort((short) frame).put((byte) 0).array();
    }

    static byte[] bmpHeader(int headerSize, int width, int height, int bits, int compression) {
        ByteBuffer bmp = ByteBuffer.allocate(14 + Math.max(headerSize, 12)).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(bmp.capacity());
        bmp.putInt(headerSize);
        if (headerSize == 12) {
            return bmp.putShort((short) width)
                    .putShort((short) height)
                    .putShort((short) 1)
                    .putShort((short) bits)
                    .array();
        }
        return bmp.putInt(width)
                .putInt(height)
                .putShort((short) 1)
                .putShort((short) bits)
                .putInt(compression)
                .array();
    }

    /** A lossless WebP of one colour: each of its five Huffman codes has one symbol, so its pixels take no bits. */
    public static byte[] solidWebp(int width, int height, int argb) {
        byte[] chunk = vp8l(width, height, argb);
        return riff(chunk);
    }

    /** An extended WebP whose canvas and frame state different sizes. */
    static byte[] webpWithFrame(int canvas, int frame) {
        ByteBuffer vp8x = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
        vp8x.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0);
        vp8x.putShort((short) (canvas - 1))
                .put((byte) 0)
                .putShort((short) (canvas - 1))
                .put((byte) 0);
        return riff(joined(vp8x.array(), vp8l(frame, frame, -1)));
    }

    static byte[] inserted(byte[] bytes, int at, byte[] what) {
        return joined(Arrays.copyOf(bytes, at), what, Arrays.copyOfRange(bytes, at, bytes.length));
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] riff(byte[] chunks) {
        ByteBuffer riff = ByteBuffer.allocate(12 + chunks.length).order(ByteOrder.LITTLE_ENDIAN);
        riff.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + chunks.length);
        return riff.put("WEBP".getBytes(StandardCharsets.US_ASCII)).put(chunks).array();
    }

    private static byte[] vp8l(int width, int height, int argb) {
        Bits bits = new Bits();
        bits.put(0x2F, 8);
        bits.put(width - 1, 14);
        bits.put(height - 1, 14);
        bits.put(1, 1); // has alpha
        bits.put(0, 3); // version
        bits.put(0, 3); // no transform, no colour cache, one group of codes
        for (int symbol : new int[] {argb >> 8 & 0xFF, argb >> 16 & 0xFF, argb & 0xFF, argb >>> 24, 0}) {
            bits.put(1, 1); // simple code
            bits.put(0, 1); // of one symbol
            bits.put(1, 1); // of 8 bits
            bits.put(symbol, 8);
        }
        byte[] stream = bits.padded();
        ByteBuffer chunk = ByteBuffer.allocate(8 + stream.length).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put("VP8L".getBytes(StandardCharsets.US_ASCII)).putInt(stream.length);
        return chunk.put(stream).array();
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }

    /** Least significant bit first. */
    private static final class Bits {
        private final byte[] bytes = new byte[64];
        private int count;

        void put(int value, int bits) {
            for (int i = 0; i < bits; i++, count++) {
                bytes[count / 8] |= (byte) ((value >> i & 1) << count % 8);
            }
        }

        byte[] padded() {
            return Arrays.copyOf(bytes, (count / 8 + 4) & ~1);
        }
    }
}
