package io.framegate.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * Reads the orientation from a TIFF or from the EXIF of a JPEG (CIPA DC-008, tag 0x0112) and applies it. 1 is upright,
 * 5 to 8 lie on their side.
 *
 * <pre>
 * APP1 length 'Exif' 0 0 | 'II' 2A 00 or 'MM' 00 2A | offset of IFD0 | ... count | 12 bytes each: tag type count value
 * </pre>
 */
final class Orientation {

    static final int UPRIGHT = 1;

    private static final int APP1 = 0xE1;
    private static final byte[] EXIF = Bytes.latin1("Exif\0\0");
    private static final byte[] LITTLE_ENDIAN = Bytes.latin1("II*\0");
    private static final byte[] BIG_ENDIAN = Bytes.latin1("MM\0*");
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    private Orientation() {}

    /** The orientation, 1 to 8; 1 if it is missing or invalid. */
    static int of(byte[] bytes, ImageFormat format) {
        if (format == ImageFormat.TIFF) {
            return inTiff(bytes, 0, bytes.length);
        }
        if (format != ImageFormat.JPEG) {
            return UPRIGHT;
        }
        int segment = JpegHeader.find(bytes, APP1, EXIF);
        if (segment < 0) {
            return UPRIGHT;
        }
        return inTiff(bytes, segment + 3 + EXIF.length, Math.min(JpegHeader.end(bytes, segment), bytes.length));
    }

    private static int inTiff(byte[] bytes, int tiff, int end) {
        boolean little = Bytes.match(bytes, tiff, LITTLE_ENDIAN);
        if (tiff + 8 > end || (!little && !Bytes.match(bytes, tiff, BIG_ENDIAN))) {
            return UPRIGHT;
        }
        int offset = little ? Bytes.i32le(bytes, tiff + 4) : Bytes.i32be(bytes, tiff + 4);
        if (offset < 8 || offset > end - tiff - 2) {
            return UPRIGHT;
        }
        return inDirectory(bytes, tiff + offset, end, little);
    }

    static boolean isSideways(int orientation) {
        return orientation >= 5;
    }

    /** Copies the picture upright to a new image of this type. Transparency becomes white if the type is opaque. */
    static BufferedImage upright(BufferedImage image, int orientation, int type) {
        int w = image.getWidth();
        int h = image.getHeight();
        boolean sideways = isSideways(orientation);
        BufferedImage upright = new BufferedImage(sideways ? h : w, sideways ? w : h, type);
        Graphics2D graphics = upright.createGraphics();
        try {
            if (!upright.getColorModel().hasAlpha()) {
                graphics.setColor(Color.WHITE);
                graphics.fillRect(0, 0, upright.getWidth(), upright.getHeight());
            }
            graphics.drawImage(image, turn(orientation, w, h), null);
        } finally {
            graphics.dispose();
        }
        return upright;
    }

    /**
     * Exact for every size. Thumbnailator's filter rounds the centre: it is half a pixel off if width and height differ
     * by an odd number.
     */
    private static AffineTransform turn(int orientation, int w, int h) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
    }

    private static int inDirectory(byte[] bytes, int directory, int end, boolean little) {
        int count = u16(bytes, directory, little);
        int at = directory + 2;
        for (int entry = 0; entry < count && at + ENTRY <= end; entry++, at += ENTRY) {
            if (u16(bytes, at, little) == TAG) {
                int value = u16(bytes, at + 8, little);
                return u16(bytes, at + 2, little) == SHORT && value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private static int u16(byte[] bytes, int at, boolean little) {
        return little ? Bytes.u16le(bytes, at) : Bytes.u16be(bytes, at);
    }
}
