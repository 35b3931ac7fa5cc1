package io.framegate.image;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the format of a picture by its first bytes.
 *
 * <pre>
 * JPEG  FF D8 FF, then a marker that may follow SOI              ITU-T T.81, annex B
 * PNG   89 'PNG' 0D 0A 1A 0A                                     W3C PNG, 5.2
 * GIF   'GIF87a' or 'GIF89a'                                     GIF89a, 17
 * BMP   'BM', and at 14 an information header of a known length  Microsoft, BITMAPFILEHEADER and BITMAPINFOHEADER
 * WEBP  'RIFF' length 'WEBP' and 'VP8 ', 'VP8L' or 'VP8X'        RFC 9649, 2.4
 * </pre>
 *
 * <p>Reads more than the usual magic number, because one in 65536 random byte sequences begins with the two letters of
 * a BMP. Reads at most the first 30 bytes. Thread-safe.
 */
public enum ImageFormat {
    JPEG("jpg", "image/jpeg"),
    PNG("png", "image/png"),
    GIF("gif", "image/gif"),
    BMP("bmp", "image/bmp"),
    WEBP("webp", "image/webp");

    private static final byte[] PNG_SIGNATURE = Bytes.latin1("\u0089PNG\r\n\u001A\n");
    private static final byte[] GIF87A = Bytes.latin1("GIF87a");
    private static final byte[] GIF89A = Bytes.latin1("GIF89a");
    private static final byte[] RIFF = Bytes.latin1("RIFF");
    private static final byte[] WEBP_VP8 = Bytes.latin1("WEBPVP8");

    private final String extension;
    private final String mediaType;

    ImageFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    /** The file extension without the dot: {@code jpg}, {@code png}, {@code gif}, {@code bmp} or {@code webp}. */
    public String extension() {
        return extension;
    }

    /** The media type, as in a {@code Content-Type} header. */
    public String mediaType() {
        return mediaType;
    }

    /** The format of a picture, or null if the bytes are no picture. */
    public static @Nullable ImageFormat of(byte[] bytes) {
        if (isJpeg(bytes)) {
            return JPEG;
        }
        if (Bytes.match(bytes, 0, PNG_SIGNATURE)) {
            return PNG;
        }
        if (Bytes.match(bytes, 0, GIF89A) || Bytes.match(bytes, 0, GIF87A)) {
            return GIF;
        }
        if (isBmp(bytes)) {
            return BMP;
        }
        if (isWebp(bytes)) {
            return WEBP;
        }
        return null;
    }

    /** The format with this extension or {@code jpeg}, without case; null if the name is unknown. */
    static @Nullable ImageFormat named(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        for (ImageFormat format : values()) {
            if (format.extension.equals(wanted) || (format == JPEG && wanted.equals("jpeg"))) {
                return format;
            }
        }
        return null;
    }

    private static boolean isJpeg(byte[] bytes) {
        if (bytes.length < 4 || Bytes.u16be(bytes, 0) != 0xFFD8 || Bytes.u8(bytes, 2) != 0xFF) {
            return false;
        }
        int marker = Bytes.u8(bytes, 3);
        // 0xFF is a fill byte; RST, SOI and EOI cannot come next.
        return marker >= 0xC0 && (marker < 0xD0 || marker > 0xD9);
    }

    private static boolean isBmp(byte[] bytes) {
        if (bytes.length < 26 || bytes[0] != 'B' || bytes[1] != 'M') {
            return false;
        }
        return switch (Bytes.i32le(bytes, 14)) {
            case 12 -> isBmpDepth(bytes, 22);
            case 40, 52, 56, 64, 108, 124 -> isBmpDepth(bytes, 26);
            default -> false;
        };
    }

    /** Expects one plane and a possible number of bits for each pixel. */
    private static boolean isBmpDepth(byte[] bytes, int planesAt) {
        if (bytes.length < planesAt + 4 || Bytes.u16le(bytes, planesAt) != 1) {
            return false;
        }
        return switch (Bytes.u16le(bytes, planesAt + 2)) {
            case 1, 2, 4, 8, 16, 24, 32 -> true;
            default -> false;
        };
    }

    private static boolean isWebp(byte[] bytes) {
        if (bytes.length < 16 || !Bytes.match(bytes, 0, RIFF) || !Bytes.match(bytes, 8, WEBP_VP8)) {
            return false;
        }
        return bytes[15] == ' ' || bytes[15] == 'L' || bytes[15] == 'X';
    }
}
