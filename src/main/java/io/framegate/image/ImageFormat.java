package io.framegate.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the format of a picture by its first bytes. The one table of formats: their names for people, their
 * extensions and media types, and whether they can be decoded here.
 *
 * <pre>
 * JPEG  FF D8 FF, then a marker that may follow SOI              ITU-T T.81, annex B
 * PNG   89 'PNG' 0D 0A 1A 0A                                     W3C PNG, 5.2
 * GIF   'GIF87a' or 'GIF89a'                                     GIF89a, 17
 * BMP   'BM', and at 14 an information header of a known length  Microsoft, BITMAPFILEHEADER and BITMAPINFOHEADER
 * WEBP  'RIFF' length 'WEBP' and 'VP8 ', 'VP8L' or 'VP8X'        RFC 9649, 2.4
 * TIFF  'II*' 0 or 'MM' 0 '*', BigTIFF 'II+' 0 or 'MM' 0 '+'     TIFF 6.0, 2
 * AVIF  a box 'ftyp' with the brand 'avif' or 'avis'             AVIF 1.1, 6
 * HEIC  a box 'ftyp' with another brand of still pictures        ISO/IEC 23008-12, 10
 * JXL   FF 0A, or a box 'JXL '                                   ISO/IEC 18181-2
 * JP2   a box 'jP  '                                             ITU-T T.800, annex I
 * J2K   FF 4F FF 51: the codestream alone                        ITU-T T.800, annex A
 * </pre>
 *
 * <p>Reads more than the usual magic number of a BMP, because one in 65536 random byte sequences begins with its two
 * letters. Reads a bounded number of bytes. Thread-safe.
 */
public enum ImageFormat {
    JPEG("JPEG", "jpg", "image/jpeg", Codec.READS_AND_WRITES),
    PNG("PNG", "png", "image/png", Codec.READS_AND_WRITES),
    GIF("GIF", "gif", "image/gif", Codec.READS_AND_WRITES),
    BMP("BMP", "bmp", "image/bmp", Codec.READS_AND_WRITES),
    WEBP("WebP", "webp", "image/webp", Codec.READS),
    TIFF("TIFF", "tif", "image/tiff", Codec.READS),
    AVIF("AVIF", "avif", "image/avif", Codec.NONE),
    HEIC("HEIC", "heic", "image/heic", Codec.NONE),
    JXL("JPEG XL", "jxl", "image/jxl", Codec.NONE),
    JP2("JPEG 2000", "jp2", "image/jp2", Codec.NONE),
    /** The codestream without boxes. */
    J2K("JPEG 2000", "j2k", "image/j2c", Codec.NONE);

    private enum Codec {
        NONE,
        READS,
        READS_AND_WRITES
    }

    private static final byte[] PNG_SIGNATURE = Bytes.latin1("\u0089PNG\r\n\u001A\n");
    private static final byte[] GIF87A = Bytes.latin1("GIF87a");
    private static final byte[] GIF89A = Bytes.latin1("GIF89a");
    private static final byte[] RIFF = Bytes.latin1("RIFF");
    private static final byte[] WEBP_VP8 = Bytes.latin1("WEBPVP8");
    private static final byte[] JP2_BOX = Bytes.latin1("\0\0\0\fjP  ");
    private static final byte[] J2K_SIZ = Bytes.latin1("\u00FFO\u00FFQ");
    private static final int MOST_FILL_BYTES = 16;

    private final String title;
    private final String extension;
    private final String mediaType;
    private final Codec codec;

    ImageFormat(String title, String extension, String mediaType, Codec codec) {
        this.title = title;
        this.extension = extension;
        this.mediaType = mediaType;
        this.codec = codec;
    }

    /** The name for people: {@code WebP}, {@code JPEG XL}. */
    public String title() {
        return title;
    }

    /** The file extension without the dot: {@code jpg}, {@code png}, {@code tif}, ... */
    public String extension() {
        return extension;
    }

    /** The media type, as in a {@code Content-Type} header. */
    public String mediaType() {
        return mediaType;
    }

    /** Whether pictures of this format can be decoded. Others are stored as they are, without a smaller copy. */
    public boolean isReadable() {
        return codec != Codec.NONE;
    }

    /** Whether pictures can be converted to this format. */
    public boolean isWritable() {
        return codec == Codec.READS_AND_WRITES;
    }

    /** Whether every browser shows pictures of this format. */
    public boolean isShownByEveryBrowser() {
        return isReadable() && this != TIFF;
    }

    /** The names of all formats for a message: {@code JPEG, PNG, ... or JPEG 2000}. */
    public static String titles() {
        return titles(format -> true);
    }

    /** The names of the formats that can be decoded, for a message. */
    public static String readableTitles() {
        return titles(ImageFormat::isReadable);
    }

    private static String titles(Predicate<ImageFormat> which) {
        List<String> titles = Arrays.stream(values())
                .filter(which)
                .map(ImageFormat::title)
                .distinct()
                .toList();
        int last = titles.size() - 1;
        return String.join(", ", titles.subList(0, last)) + " or " + titles.get(last);
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
        if (TiffHeader.begins(bytes)) {
            return TIFF;
        }
        if (JxlHeader.begins(bytes)) {
            return JXL;
        }
        if (Bytes.match(bytes, 0, JP2_BOX)) {
            return JP2;
        }
        return Bytes.match(bytes, 0, J2K_SIZ) ? J2K : HeifHeader.format(bytes);
    }

    /** The format with this extension, {@code jpeg} or {@code tiff}, without case; null if the name is unknown. */
    static @Nullable ImageFormat named(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        for (ImageFormat format : values()) {
            if (format.endings().contains(wanted)) {
                return format;
            }
        }
        return null;
    }

    /** The format with this media type, or null. */
    public static @Nullable ImageFormat ofMediaType(String mediaType) {
        for (ImageFormat format : values()) {
            if (format.mediaType.equals(mediaType)) {
                return format;
            }
        }
        return null;
    }

    /** Whether a file with this name may contain a picture that can be decoded. */
    public static boolean isReadable(String fileName) {
        ImageFormat format = named(fileName.substring(fileName.lastIndexOf('.') + 1));
        return format != null && format.isReadable();
    }

    /** The extension, and the other extension that files of this format often have. */
    private List<String> endings() {
        return switch (this) {
            case JPEG -> List.of(extension, "jpeg");
            case TIFF -> List.of(extension, "tiff");
            default -> List.of(extension);
        };
    }

    private static boolean isJpeg(byte[] bytes) {
        if (bytes.length < 4 || Bytes.u16be(bytes, 0) != 0xFFD8 || Bytes.u8(bytes, 2) != 0xFF) {
            return false;
        }
        int at = 3;
        while (at < MOST_FILL_BYTES && at < bytes.length - 1 && Bytes.u8(bytes, at) == 0xFF) {
            at++;
        }
        int marker = Bytes.u8(bytes, at);
        // RST, SOI and EOI cannot come next.
        return marker >= 0xC0 && marker < 0xFF && (marker < 0xD0 || marker > 0xD9);
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
