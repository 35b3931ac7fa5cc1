package io.framegate.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIOServiceProvider;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Decodes and encodes with ImageIO, in memory only: ImageIO's own streams would write each picture to a temporary file.
 *
 * <p>Thread-safe: providers are looked up once, and each call creates its reader or writer.
 */
final class ImageCodec {

    /**
     * The memory of the WebP decoder, as a multiple of the memory of other decoders. It keeps its working data for the
     * whole picture. Measured: 18 to 33 bytes for each pixel, against 3 to 8 for other decoders.
     */
    static final int WEBP_COST = 4;

    /** The same for TIFF, whose decoder copies tiles and samples of 16 bits. */
    static final int TIFF_COST = 4;

    private static final Map<ImageFormat, ImageReaderSpi> READERS = new EnumMap<>(ImageFormat.class);
    private static final Map<ImageFormat, ImageWriterSpi> WRITERS = new EnumMap<>(ImageFormat.class);

    static {
        // ImageIO finds plugins with the context class loader of the first thread, which may be any.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ImageCodec.class.getClassLoader());
        try {
            ImageIO.scanForPlugins();
            for (ImageFormat format : ImageFormat.values()) {
                findPlugins(format);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private ImageCodec() {}

    private static void findPlugins(ImageFormat format) {
        String name = format.name();
        if (format.isReadable()) {
            first(READERS, format, ImageIO.getImageReadersByFormatName(name), ImageReader::getOriginatingProvider);
        }
        if (format.isWritable()) {
            first(WRITERS, format, ImageIO.getImageWritersByFormatName(name), ImageWriter::getOriginatingProvider);
        }
    }

    /**
     * Returns the header, or throws if the bytes are no picture, cannot be decoded, or have more pixels than the limit.
     */
    static ImageHeader check(byte[] bytes, long maxPixels) throws IOException {
        ImageHeader header = ImageHeader.probe(bytes);
        if (header == null) {
            throw new IOException("image: " + bytes.length + " bytes of no known format (expected: "
                    + ImageFormat.readableTitles() + ")");
        }
        if (!header.format().isReadable()) {
            throw new NoDecoderException(header.format());
        }
        if (!header.hasSize()) {
            throw new IOException("image: " + header + " (expected: a width and a height in its header)");
        }
        checkSize(header.format(), header.width(), header.height(), maxPixels);
        if (header.format() == ImageFormat.TIFF) {
            TiffHeader.checkDecodable(bytes, limit(header.format(), maxPixels));
        }
        return header;
    }

    /** Decodes the first picture in the bytes; with a step of n, only every n-th pixel of every n-th row. */
    static BufferedImage decode(byte[] bytes, ImageHeader header, long maxPixels, int step) throws IOException {
        ImageReader reader = provider(READERS, header.format()).createReaderInstance();
        try (MemoryCacheImageInputStream input = stream(bytes, header.format())) {
            // Without metadata, because its texts and profiles inflate to any size.
            reader.setInput(input, true, true);
            // The frame of a GIF, which is decoded, may be larger than the screen that the header declares.
            checkSize(header.format(), reader.getWidth(0), reader.getHeight(0), maxPixels);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        } catch (TooManyPixelsException e) {
            throw e;
        } catch (IOException | RuntimeException | AssertionError e) {
            // Readers throw all kinds of exceptions for damaged data; the WebP reader throws even an AssertionError.
            throw new IOException("image: damaged " + header + " (expected: a picture that can be decoded)", e);
        } finally {
            reader.dispose();
        }
    }

    /** Encodes an image whose type the format's writer supports. */
    static byte[] encode(BufferedImage image, ImageFormat format, float quality) throws IOException {
        ImageWriter writer = provider(WRITERS, format).createWriterInstance();
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(64 * 1024);
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(encoded)) {
            writer.setOutput(output);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format == ImageFormat.JPEG) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(quality);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return encoded.toByteArray();
    }

    private static MemoryCacheImageInputStream stream(byte[] bytes, ImageFormat format) {
        return format == ImageFormat.WEBP ? new WebpStream(bytes) : new BoundedStream(bytes);
    }

    private static void checkSize(ImageFormat format, int width, int height, long maxPixels) throws IOException {
        long limit = limit(format, maxPixels);
        if ((long) width * height > limit) {
            throw new TooManyPixelsException(
                    "image size: " + width + "x" + height + " (expected: <= " + limit + " pixels)");
        }
    }

    private static long limit(ImageFormat format, long maxPixels) {
        return switch (format) {
            case WEBP -> Math.max(1, maxPixels / WEBP_COST);
            case TIFF -> Math.max(1, maxPixels / TIFF_COST);
            default -> maxPixels;
        };
    }

    private static <C, S> void first(
            Map<ImageFormat, S> found, ImageFormat format, Iterator<C> codecs, Function<C, S> provider) {
        if (codecs.hasNext()) {
            found.put(format, provider.apply(codecs.next()));
        }
    }

    private static <S extends IIOServiceProvider> S provider(Map<ImageFormat, S> providers, ImageFormat format) {
        S provider = providers.get(format);
        if (provider == null) {
            throw new IllegalStateException(
                    "image format: " + format + " has no plugin (expected: TwelveMonkeys on the class path)");
        }
        return provider;
    }

    /** A stream with a known length. The decoder of TIFF compares the lengths in the file with it. */
    private static final class BoundedStream extends MemoryCacheImageInputStream {
        private final int length;

        BoundedStream(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
            length = bytes.length;
        }

        @Override
        public long length() {
            return length;
        }
    }

    /**
     * A stream for the decoder of lossless WebP, which reads 8 bytes ahead and treats the end of the stream as endless
     * zeros. The spare bytes avoid an exception for each pixel: a file of 50 bytes and 12 million pixels takes a third
     * of a second with them, and half a minute without. The exception at the end stops the decoder, which otherwise
     * runs for as long as damaged data demands.
     */
    private static final class WebpStream extends MemoryCacheImageInputStream {
        private static final int SPARE = 16;

        WebpStream(byte[] bytes) {
            super(new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length + SPARE)));
        }

        @Override
        public byte readByte() throws IOException {
            int value = read();
            if (value < 0) {
                throw new IOException("WebP data: end reached (expected: more bits)");
            }
            return (byte) value;
        }
    }

    private static final class TooManyPixelsException extends IOException {
        TooManyPixelsException(String message) {
            super(message);
        }
    }
}
