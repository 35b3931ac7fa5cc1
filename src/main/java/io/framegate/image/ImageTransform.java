package io.framegate.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import net.coobird.thumbnailator.Thumbnails;

/**
 * Makes thumbnails and converts pictures from one format to another. Routes use it as a bean:
 *
 * <pre>
 * beans:
 *   - name: imageTransform
 *     type: io.framegate.image.ImageTransform
 *     properties:
 *       maxPixels: "20000000"
 * ...
 *   - bean: { ref: imageTransform, method: "thumbnail(${body}, 320)" }
 * </pre>
 *
 * <p>The result is upright: the EXIF orientation is applied, because the result has no EXIF. The result of an animation
 * is its first picture. A truncated JPEG keeps its upper part. A picture that needs no change is returned as the given
 * array, so callers must not change the result.
 *
 * <p>Limits: a picture of more than {@code maxPixels} is refused by its header, before it is decoded. The limit for
 * WebP and TIFF is a quarter, because their decoders use up to four times the memory. AVIF, HEIC, JPEG XL and JPEG 2000
 * have no decoder here and cause a {@link NoDecoderException}. A transformation uses 3 to 12 bytes of heap for each
 * pixel; a thumbnail of more than 8 million pixels uses less, because it decodes only every n-th pixel. Choose
 * {@code maxPixels} by the heap and by the number of threads that transform at the same time.
 *
 * <p>A bad picture causes an {@link IOException}, a bad argument an {@link IllegalArgumentException}. Thread-safe. Uses
 * no temporary files and changes no global state except ImageIO's list of plugins. Needs no display. If {@code DISPLAY}
 * names an unreachable one, AWT fails unless the program runs with {@code java.awt.headless=true}.
 */
public final class ImageTransform {

    private static final long LARGE = 8_000_000;

    private volatile long maxPixels = 50_000_000;
    private volatile long maxDecodedPixels = Long.MAX_VALUE;
    private volatile float quality = 0.9f;

    /** Creates a bean with the default limits. */
    public ImageTransform() {}

    /**
     * Scales a picture to this width and keeps its proportions. A narrower picture is not enlarged. Keeps the format,
     * except that the thumbnail of a WebP or a TIFF is a JPEG: WebP has no encoder here, and browsers show no TIFF.
     */
    public byte[] thumbnail(byte[] image, int width) throws IOException {
        if (width < 1) {
            throw new IllegalArgumentException("thumbnail width: " + width + " (expected: >= 1)");
        }
        ImageHeader header = ImageCodec.check(image, maxPixels);
        int orientation = Orientation.of(image, header.format());
        boolean sideways = Orientation.isSideways(orientation);
        if (orientation == Orientation.UPRIGHT && header.width() <= width) {
            return image;
        }
        int uprightWidth = sideways ? header.height() : header.width();
        // Skipping pixels is invisible as long as twice the needed number is decoded.
        int step = header.pixels() > LARGE ? Math.max(1, uprightWidth / 2 / width) : 1;
        while (header.pixels() / step / step > maxDecodedPixels) {
            step++;
        }
        BufferedImage stored = ImageCodec.decode(image, header, maxPixels, step);
        BufferedImage scaled = scaled(stored, sideways, width);
        ImageFormat format = header.format().isWritable() ? header.format() : ImageFormat.JPEG;
        return ImageCodec.encode(writable(scaled, orientation, format), format, quality);
    }

    /**
     * Converts a picture to {@code jpg}, {@code jpeg}, {@code png}, {@code gif} or {@code bmp}. WebP and TIFF can be
     * read but not written. A picture in this format is returned unchanged. In a format without transparency the
     * background is white.
     */
    public byte[] convert(byte[] image, String format) throws IOException {
        ImageFormat wanted = writable(format);
        ImageHeader header = ImageCodec.check(image, maxPixels);
        if (header.format() == wanted) {
            return image;
        }
        return PixelBudget.OF_HEAP.with(header.pixels(), () -> {
            BufferedImage stored = ImageCodec.decode(image, header, maxPixels, 1);
            BufferedImage writable = writable(stored, Orientation.of(image, header.format()), wanted);
            return ImageCodec.encode(writable, wanted, quality);
        });
    }

    /**
     * Scales a picture to a JPEG of exactly this size, without regard to its proportions. A JPEG of this size is
     * returned unchanged.
     */
    public byte[] jpeg(byte[] image, int width, int height) throws IOException {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("size: " + width + "x" + height + " (expected: >= 1x1)");
        }
        ImageHeader header = ImageCodec.check(image, maxPixels);
        int orientation = Orientation.of(image, header.format());
        boolean fits = header.width() == width && header.height() == height && orientation == Orientation.UPRIGHT;
        if (fits && header.format() == ImageFormat.JPEG) {
            return image;
        }
        BufferedImage stored = ImageCodec.decode(image, header, maxPixels, 1);
        BufferedImage upright = writable(stored, orientation, ImageFormat.JPEG);
        BufferedImage scaled = fits ? upright : sized(upright, width, height);
        return ImageCodec.encode(writable(scaled, Orientation.UPRIGHT, ImageFormat.JPEG), ImageFormat.JPEG, quality);
    }

    /** Encodes a picture as a JPEG. */
    public byte[] jpeg(BufferedImage picture) throws IOException {
        return ImageCodec.encode(writable(picture, Orientation.UPRIGHT, ImageFormat.JPEG), ImageFormat.JPEG, quality);
    }

    /** The format of this name. Throws if {@link #convert} cannot write it, so that a wrong name fails at start. */
    public static ImageFormat writable(String format) {
        ImageFormat named = ImageFormat.named(format);
        // Does not ask ImageCodec, because loading ImageIO takes half the time of a start.
        if (named == null || !named.isWritable()) {
            throw new IllegalArgumentException("image format: " + format.replaceAll("[^A-Za-z0-9]", "_")
                    + " (expected: jpg, jpeg, png, gif or bmp; webp and tif can be read but not written)");
        }
        return named;
    }

    /** The maximum number of pixels of a picture; 50 million by default. */
    public void setMaxPixels(long maxPixels) {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("max pixels: " + maxPixels + " (expected: >= 1)");
        }
        this.maxPixels = maxPixels;
    }

    /** The maximum number of pixels that a thumbnail decodes: it skips more of larger pictures. No limit by default. */
    public void setMaxDecodedPixels(long maxDecodedPixels) {
        if (maxDecodedPixels < 1) {
            throw new IllegalArgumentException("max decoded pixels: " + maxDecodedPixels + " (expected: >= 1)");
        }
        this.maxDecodedPixels = maxDecodedPixels;
    }

    /** The quality of JPEGs, above 0 and up to 1; 0.9 by default. */
    public void setQuality(float quality) {
        if (!(quality > 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality: " + quality + " (expected: > 0 and <= 1)");
        }
        this.quality = quality;
    }

    /** Scales a stored picture so that it has this width when it is upright; returns a narrower one unchanged. */
    private static BufferedImage scaled(BufferedImage stored, boolean sideways, int width) throws IOException {
        int storedWidth = sideways ? stored.getHeight() : stored.getWidth();
        int storedHeight = sideways ? stored.getWidth() : stored.getHeight();
        if (storedWidth <= width) {
            return stored;
        }
        int height = (int) Math.max(1, Math.round((double) storedHeight * width / storedWidth));
        return sized(stored, sideways ? height : width, sideways ? width : height);
    }

    private static BufferedImage sized(BufferedImage image, int width, int height) throws IOException {
        return Thumbnails.of(image)
                .forceSize(width, height)
                .imageType(plainType(image))
                .asBufferedImage();
    }

    /** Turns a picture upright and gives it a type that the format's encoder supports; changes it only if needed. */
    private static BufferedImage writable(BufferedImage image, int orientation, ImageFormat format) {
        boolean alpha = image.getColorModel().hasAlpha();
        boolean keepsAlpha = format == ImageFormat.PNG || format == ImageFormat.GIF;
        int type = alpha && !keepsAlpha ? BufferedImage.TYPE_INT_RGB : plainType(image);
        boolean fits = image.getType() == type || image.getType() == BufferedImage.TYPE_3BYTE_BGR;
        return fits && orientation == Orientation.UPRIGHT ? image : Orientation.upright(image, orientation, type);
    }

    private static int plainType(BufferedImage image) {
        if (image.getColorModel().hasAlpha()) {
            return BufferedImage.TYPE_INT_ARGB;
        }
        return image.getType() == BufferedImage.TYPE_BYTE_GRAY
                ? BufferedImage.TYPE_BYTE_GRAY
                : BufferedImage.TYPE_INT_RGB;
    }
}
