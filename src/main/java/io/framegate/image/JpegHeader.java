package io.framegate.image;

import org.jspecify.annotations.Nullable;

/**
 * Reads the marker segments before the first scan of a JPEG.
 *
 * <pre>
 * FF D8 | FF E1 length ... | FF DB length ... | FF C0 length P Y Y X X Nf ... | FF DA ...
 * SOI     APP1 (EXIF)        DQT                SOF0: the frame header          SOS: reading ends here
 * </pre>
 *
 * <p>Markers and their parameters: ITU-T T.81, B.1.1 and B.2.2. Any number of fill bytes FF may precede a marker.
 */
final class JpegHeader {

    private static final int SOI_LENGTH = 2;
    private static final int TEM = 0x01;
    private static final int FIRST_SOF = 0xC0;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int LAST_SOF = 0xCF;
    private static final int FIRST_RST = 0xD0;
    private static final int LAST_RST = 0xD7;
    private static final int SOI = 0xD8;
    private static final int SOS = 0xDA;

    private JpegHeader() {}

    static @Nullable ImageHeader probe(byte[] bytes) {
        for (int at = segment(bytes, SOI_LENGTH); at >= 0; at = next(bytes, at)) {
            if (isFrame(Bytes.u8(bytes, at))) {
                return frame(bytes, at);
            }
        }
        return null;
    }

    /** The index of the marker, the byte after FF, of the first segment with this marker and identifier; or -1. */
    static int find(byte[] bytes, int marker, byte[] identifier) {
        for (int at = segment(bytes, SOI_LENGTH); at >= 0; at = next(bytes, at)) {
            if (Bytes.u8(bytes, at) == marker && Bytes.match(bytes, at + 3, identifier)) {
                return at;
            }
        }
        return -1;
    }

    /** The exclusive end of the segment with this marker. */
    static int end(byte[] bytes, int at) {
        return at + 1 + Bytes.u16be(bytes, at + 1);
    }

    private static @Nullable ImageHeader frame(byte[] bytes, int at) {
        if (at + 8 >= bytes.length) {
            return null;
        }
        int length = Bytes.u16be(bytes, at + 1);
        int precision = Bytes.u8(bytes, at + 3);
        int components = Bytes.u8(bytes, at + 8);
        if (components == 0 || length != 8 + 3 * components || precision < 2 || precision > 16) {
            return null;
        }
        return ImageHeader.sized(ImageFormat.JPEG, Bytes.u16be(bytes, at + 6), Bytes.u16be(bytes, at + 4));
    }

    private static boolean isFrame(int marker) {
        return marker >= FIRST_SOF && marker <= LAST_SOF && marker != DHT && marker != JPG && marker != DAC;
    }

    private static int next(byte[] bytes, int at) {
        return segment(bytes, end(bytes, at));
    }

    /**
     * The index of the marker of the segment at or after the position, whose length can be read; -1 if the scan, the
     * end of the picture, or no segment follows.
     */
    private static int segment(byte[] bytes, int position) {
        int at = position;
        while (at < bytes.length && Bytes.u8(bytes, at) == 0xFF) {
            do {
                at++;
            } while (at < bytes.length && Bytes.u8(bytes, at) == 0xFF);
            if (at + 2 >= bytes.length) {
                return -1;
            }
            int marker = Bytes.u8(bytes, at);
            if (marker == TEM || (marker >= FIRST_RST && marker <= LAST_RST)) {
                at++; // This marker has no length.
            } else if (marker < FIRST_SOF || (marker >= SOI && marker <= SOS) || Bytes.u16be(bytes, at + 1) < 2) {
                return -1;
            } else {
                return at;
            }
        }
        return -1;
    }
}
