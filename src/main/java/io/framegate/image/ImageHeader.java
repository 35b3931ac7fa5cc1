package io.framegate.image;

import org.jspecify.annotations.Nullable;

/**
 * Reads the format and the size of a picture without decoding it, so that a small file that declares a huge bitmap
 * costs nothing.
 *
 * <pre>
 * JPEG  the first frame header; APPn is skipped, so the size is never the size of a thumbnail in EXIF
 * PNG   IHDR
 * GIF   logical screen
 * BMP   core or information header; a negative height means rows from top to bottom and is made positive
 * WEBP  VP8, VP8L, or the canvas of VP8X
 * TIFF  the first directory
 * AVIF, HEIC  the property 'ispe' of the primary item
 * JXL   SizeHeader of the codestream
 * JP2, J2K    'ihdr', or SIZ of the codestream
 * </pre>
 *
 * <p>A JPEG, PNG, GIF, BMP or WebP has a known header and a width and a height above 0. The size of the others may be
 * unknown, because they keep it in one of several places. A picture need not be complete: some cameras omit the last
 * marker of a JPEG or append padding after it, and the upper part of a truncated file is worth keeping.
 *
 * <p>Never throws: returns null for other bytes. The time is linear in the length of the headers, not of the picture.
 * Immutable.
 *
 * @param format recognised by the bytes, not by a name
 * @param width in pixels, as stored: the orientation is not applied; 0 if the size is unknown
 * @param height in pixels, as stored; 0 if the size is unknown
 */
public record ImageHeader(ImageFormat format, int width, int height) {

    private static final byte[] IHDR = Bytes.latin1("\0\0\0\rIHDR");
    private static final int BMP_EMBEDDED_JPEG = 4;
    private static final int BMP_EMBEDDED_PNG = 5;

    /** The number of pixels, without overflow; 0 if the size is unknown. */
    public long pixels() {
        return (long) width * height;
    }

    /** The picture's header, or null if the bytes are not a picture. */
    public static @Nullable ImageHeader probe(byte[] bytes) {
        ImageFormat format = ImageFormat.of(bytes);
        if (format == null) {
            return null;
        }
        return switch (format) {
            case JPEG -> JpegHeader.probe(bytes);
            case PNG -> probePng(bytes);
            case GIF -> probeGif(bytes);
            case BMP -> probeBmp(bytes);
            case WEBP -> WebpHeader.probe(bytes);
            case TIFF -> TiffHeader.probe(bytes);
            case AVIF, HEIC -> HeifHeader.probe(bytes, format);
            case JXL -> JxlHeader.probe(bytes);
            case JP2 -> Jpeg2000Header.inBoxes(bytes);
            case J2K -> Jpeg2000Header.codestream(bytes);
        };
    }

    /** Whether the width and the height were found. */
    public boolean hasSize() {
        return width > 0;
    }

    /** The header, or null if the size is not positive. */
    static @Nullable ImageHeader sized(ImageFormat format, int width, int height) {
        return width > 0 && height > 0 ? new ImageHeader(format, width, height) : null;
    }

    static ImageHeader sizedOrUnknown(ImageFormat format, long width, long height) {
        boolean possible = width > 0 && width <= Integer.MAX_VALUE && height > 0 && height <= Integer.MAX_VALUE;
        return possible ? new ImageHeader(format, (int) width, (int) height) : unknown(format);
    }

    static ImageHeader unknown(ImageFormat format) {
        return new ImageHeader(format, 0, 0);
    }

    private static @Nullable ImageHeader probePng(byte[] bytes) {
        if (bytes.length < 29 || !Bytes.match(bytes, 8, IHDR)) {
            return null;
        }
        return sized(ImageFormat.PNG, Bytes.i32be(bytes, 16), Bytes.i32be(bytes, 20));
    }

    private static @Nullable ImageHeader probeGif(byte[] bytes) {
        if (bytes.length < 13) {
            return null;
        }
        return sized(ImageFormat.GIF, Bytes.u16le(bytes, 6), Bytes.u16le(bytes, 8));
    }

    private static @Nullable ImageHeader probeBmp(byte[] bytes) {
        if (Bytes.i32le(bytes, 14) == 12) {
            return sized(ImageFormat.BMP, Bytes.u16le(bytes, 18), Bytes.u16le(bytes, 20));
        }
        if (bytes.length < 34) {
            return null;
        }
        // A BMP may contain a JPEG or a PNG for a printer, whose size differs from this header's.
        int compression = Bytes.i32le(bytes, 30);
        if (compression == BMP_EMBEDDED_JPEG || compression == BMP_EMBEDDED_PNG) {
            return null;
        }
        // The absolute value of the least int is negative, which is no size either.
        return sized(ImageFormat.BMP, Bytes.i32le(bytes, 18), Math.abs(Bytes.i32le(bytes, 22)));
    }

    /** For messages: {@code JPEG 640x480}. */
    @Override
    public String toString() {
        return format + (hasSize() ? " " + width + "x" + height : " of unknown size");
    }
}
