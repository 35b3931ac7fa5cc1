package io.framegate.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import net.coobird.thumbnailator.Thumbnails;

/**
 * Makes thumbnails and converts pictures from one format to another; for routes, as a bean.
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
 * <p>The result is the right way up: EXIF orientation is applied, as EXIF itself is not carried over. Of an animation
 * the first picture is taken. A JPEG cut in the middle keeps what there is of it. Where nothing has to be changed the
 * given array itself is returned, so nobody may write to it.
 *
 * <p>Limits: a picture of more than {@code maxPixels} is refused by its header, before a decoder sees it; WebP at a
 * quarter of that, because its decoder takes four times the memory. While a picture is worked on it takes 3 to 12 bytes
 * of heap for each pixel; of a picture above 8 million pixels a thumbnail decodes only every n-th, and takes less. Size
 * {@code maxPixels} to the heap and to the number of threads that transform at once.
 *
 * <p>What is wrong with a picture is an {@link IOException}; what is wrong with an argument an
 * {@link IllegalArgumentException}. Thread-safe. Uses no temporary file and sets nothing globally, but that ImageIO has
 * looked for its plugins. Needs no display; where {@code DISPLAY} names one that cannot be reached AWT fails with an
 * error all the same, unless the program runs with {@code java.awt.headless=true}.
 */
public final class ImageTransform {

    private static final long LARGE = 8_000_000;

    private volatile long maxPixels = 50_000_000;
    private volatile float quality = 0.9f;

    /** With the default limits, for a registry. */
    public ImageTransform() {}

    /**
     * The picture at that width, its height in proportion; a picture that is narrower already is not enlarged. Keeps
     * the format, but for WebP, which has no encoder here: its thumbnail is a JPEG.
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
        // With twice the pixels that are needed nobody sees that others were left out.
        int step = header.pixels() > LARGE ? Math.max(1, uprightWidth / 2 / width) : 1;
        BufferedImage stored = ImageCodec.decode(image, header, maxPixels, step);
        BufferedImage scaled = scaled(stored, sideways, width);
        ImageFormat format = ImageCodec.canWrite(header.format()) ? header.format() : ImageFormat.JPEG;
        return ImageCodec.encode(writable(scaled, orientation, format), format, quality);
    }

    /**
     * The picture in another format: {@code jpg}, {@code jpeg}, {@code png}, {@code gif} or {@code bmp}. WebP can be
     * read but not written. A picture already in the format is returned as it is. Where the format has no transparency
     * the background is white.
     */
    public byte[] convert(byte[] image, String format) throws IOException {
        ImageFormat wanted = writable(format);
        ImageHeader header = ImageCodec.check(image, maxPixels);
        if (header.format() == wanted) {
            return image;
        }
        BufferedImage stored = ImageCodec.decode(image, header, maxPixels, 1);
        BufferedImage writable = writable(stored, Orientation.of(image, header.format()), wanted);
        return ImageCodec.encode(writable, wanted, quality);
    }

    /**
     * The picture as a JPEG of exactly that size, whatever its proportions; enlarged if it is smaller. A JPEG that has the
     * size already is returned as it is.
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

    /** A picture that was decoded elsewhere, as a JPEG. */
    public byte[] jpeg(BufferedImage picture) throws IOException {
        return ImageCodec.encode(writable(picture, Orientation.UPRIGHT, ImageFormat.JPEG), ImageFormat.JPEG, quality);
    }

    /** The format of that name; throws if {@link #convert} cannot write it, so that a wrong one is found at start. */
    public static ImageFormat writable(String format) {
        ImageFormat named = ImageFormat.named(format);
        // ImageCodec would know, but to wake ImageIO takes as long as half a start.
        if (named == null || named == ImageFormat.WEBP) {
            throw new IllegalArgumentException("image format: " + format.replaceAll("[^A-Za-z0-9]", "_")
                    + " (expected: jpg, jpeg, png, gif or bmp; webp can be read but not written)");
        }
        return named;
    }

    /** The most pixels a picture may have; 50 million unless set. */
    public void setMaxPixels(long maxPixels) {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("max pixels: " + maxPixels + " (expected: >= 1)");
        }
        this.maxPixels = maxPixels;
    }

    public long getMaxPixels() {
        return maxPixels;
    }

    /** The quality of JPEGs, above 0 and up to 1; 0.9 unless set. */
    public void setQuality(float quality) {
        if (!(quality > 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality: " + quality + " (expected: > 0 and <= 1)");
        }
        this.quality = quality;
    }

    public float getQuality() {
        return quality;
    }

    /** The picture, lying as it does, so that it is that wide once it is upright; itself if it is no wider. */
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

    /** The picture upright and of a type the format's encoder takes; itself if it is both already. */
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
