package io.framegate.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of every kind of picture that the gateway stores: the only such table in this package. The later
 * reader of picture headers supports the same kinds and checks more bytes.
 *
 * <pre>
 * JPEG  FF D8, after up to 10 fill bytes FF      TIFF  'II*' 0, 'MM' 0 '*'; BigTIFF 'II+' 0, 'MM' 0 '+'
 * PNG   89 'PNG'                                 AVIF  length 'ftyp' and the brand 'avif' or 'avis'
 * GIF   'GIF8'                                   HEIC  length 'ftyp' and a brand of HEIF: 'heic', 'mif1', ...
 * WEBP  'RIFF' length 'WEBP'                     JXL   0 0 0 0C 'JXL '; weak: FF 0A
 * BMP   'BM', 4 bytes, 0 0 0 0; weak: 'BM'       JP2   0 0 0 0C 'jP  '
 *                                                J2K   FF 4F FF 51
 * </pre>
 *
 * <p>A beginning of two bytes that other data shares is weak. It counts only where no other data is likely, for example
 * where the sender calls the data a picture. MP4 and MOV have other brands and are not pictures.
 */
public enum PictureStart {
    /** Has its own rule, because of the fill bytes. */
    JPEG(),
    PNG("\u0089PNG"),
    GIF("GIF8"),
    WEBP("RIFF????WEBP"),
    BMP(List.of("BM????\0\0\0\0"), List.of("BM")),
    TIFF("II*\0", "MM\0*", "II+\0", "MM\0+"),
    AVIF(brands("avif avis")),
    HEIC(brands("heic heix heim heis hevc hevx hevm hevs mif1 mif2 msf1 miaf avci avcs jpeg jpgs j2ki j2is")),
    JXL(List.of("\0\0\0\fJXL "), List.of("\u00ff\n")),
    JP2("\0\0\0\fjP  "),
    /** The codestream of JPEG 2000 without boxes. */
    J2K("\u00ffO\u00ffQ");

    /** This number of bytes decides every kind. */
    public static final int ENOUGH = 12;

    private static final List<PictureStart> ALL = List.of(values());
    private static final byte ANY = '?';

    @SuppressWarnings("ImmutableEnumChecker") // The lists and their bytes never change.
    private final List<byte[]> strong;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<byte[]> weak;

    PictureStart(String... strong) {
        this(List.of(strong), List.of());
    }

    PictureStart(List<String> strong, List<String> weak) {
        this.strong = strong.stream().map(PictureStart::latin1).toList();
        this.weak = weak.stream().map(PictureStart::latin1).toList();
    }

    /**
     * Whether a picture begins at {@code from}. The answer is MORE if the bytes before {@code to} do not decide it;
     * {@link #ENOUGH} bytes always do.
     *
     * @param weakCounts whether a weak beginning decides too
     */
    public static WireFormat.Match match(byte[] bytes, int from, int to, boolean weakCounts) {
        WireFormat.Match best = jpeg(bytes, from, to);
        for (PictureStart start : ALL) {
            best = better(best, start.strong, bytes, from, to);
            best = weakCounts ? better(best, start.weak, bytes, from, to) : best;
        }
        return best;
    }

    /** The kind of picture that begins at {@code from}, weak beginnings included; null if none does. */
    public static @Nullable PictureStart of(byte[] bytes, int from, int to) {
        if (jpeg(bytes, from, to) == WireFormat.Match.YES) {
            return JPEG;
        }
        for (PictureStart start : ALL) {
            WireFormat.Match match = better(WireFormat.Match.NO, start.strong, bytes, from, to);
            if (better(match, start.weak, bytes, from, to) == WireFormat.Match.YES) {
                return start;
            }
        }
        return null;
    }

    /** The number of fill bytes before the {@code FF D8} of a JPEG that begins at {@code from}; 0 for other bytes. */
    public static int fillBytes(byte[] bytes, int from, int to) {
        return jpeg(bytes, from, to) == WireFormat.Match.YES ? fill(bytes, from, to) - 1 : 0;
    }

    private static WireFormat.Match jpeg(byte[] bytes, int from, int to) {
        int fill = fill(bytes, from, to);
        if (from + fill == to && fill < ENOUGH) {
            return WireFormat.Match.MORE;
        }
        boolean soi = fill > 0 && fill < ENOUGH && bytes[from + fill] == (byte) 0xD8;
        return soi ? WireFormat.Match.YES : WireFormat.Match.NO;
    }

    private static int fill(byte[] bytes, int from, int to) {
        int fill = 0;
        while (fill < ENOUGH && from + fill < to && bytes[from + fill] == (byte) 0xFF) {
            fill++;
        }
        return fill;
    }

    private static WireFormat.Match better(
            WireFormat.Match best, List<byte[]> beginnings, byte[] bytes, int from, int to) {
        WireFormat.Match better = best;
        for (byte[] beginning : beginnings) {
            int same = same(beginning, bytes, from, to);
            if (same == beginning.length) {
                return WireFormat.Match.YES;
            }
            if (from + same == to && better == WireFormat.Match.NO) {
                better = WireFormat.Match.MORE;
            }
        }
        return better;
    }

    private static int same(byte[] beginning, byte[] bytes, int from, int to) {
        int same = 0;
        while (same < beginning.length
                && from + same < to
                && (beginning[same] == ANY || beginning[same] == bytes[from + same])) {
            same++;
        }
        return same;
    }

    /** The first box of a file in ISO base media format, which is never as long as 64 KB, and its major brand. */
    private static String[] brands(String brands) {
        return Stream.of(brands.split(" ")).map(brand -> "\0\0??ftyp" + brand).toArray(String[]::new);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
