package io.framegate.image;

import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the brand and the size of an AVIF or HEIC (ISO/IEC 23008-12): the size is a property of the primary item.
 *
 * <pre>
 * ftyp            major brand, version, compatible brands
 * meta
 *   pitm          id of the primary item
 *   iprp
 *     ipco        properties, counted from 1; 'ispe' has width and height
 *     ipma        the properties of each item
 * </pre>
 *
 * <p>The size is the one before a rotation by 'irot'. It is unknown if the file has only 'moov', or if its boxes are
 * damaged or too many.
 */
final class HeifHeader {

    private static final byte[] FTYP = Bytes.latin1("ftyp");
    private static final int META = BoxWalk.type("meta");
    private static final int PITM = BoxWalk.type("pitm");
    private static final int IPRP = BoxWalk.type("iprp");
    private static final int IPCO = BoxWalk.type("ipco");
    private static final int IPMA = BoxWalk.type("ipma");
    private static final int ISPE = BoxWalk.type("ispe");

    private static final Set<String> AVIF = Set.of("avif", "avis");

    /** Brands that do not name a codec. */
    private static final Set<String> ANY_CODEC = Set.of("mif1", "mif2", "msf1", "miaf");

    private static final Set<String> HEIF = Set.of(
            "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "avci", "avcs", "jpeg", "jpgs", "j2ki",
            "j2is");

    private static final int MAJOR = 8;
    private static final int COMPATIBLE = 16;
    private static final int MOST_BRANDS = 32;
    private static final int MOST_ITEMS = 10_000;

    /** After the head of a box: its version and its flags. */
    private static final int VERSION = 4;

    private HeifHeader() {}

    /** AVIF or HEIC, or null if the first box is another one or has the brand of a video. */
    static @Nullable ImageFormat format(byte[] bytes) {
        if (bytes.length < MAJOR + 4 || Bytes.u16be(bytes, 0) != 0 || !Bytes.match(bytes, 4, FTYP)) {
            return null;
        }
        String major = brand(bytes, MAJOR);
        if (AVIF.contains(major)) {
            return ImageFormat.AVIF;
        }
        if (ANY_CODEC.contains(major)) {
            return isCompatibleWithAvif(bytes) ? ImageFormat.AVIF : ImageFormat.HEIC;
        }
        return HEIF.contains(major) ? ImageFormat.HEIC : null;
    }

    private static boolean isCompatibleWithAvif(byte[] bytes) {
        int end = Math.min(bytes.length, Math.min(Bytes.i32be(bytes, 0), COMPATIBLE + 4 * MOST_BRANDS));
        for (int at = COMPATIBLE; at + 4 <= end; at += 4) {
            if (AVIF.contains(brand(bytes, at))) {
                return true;
            }
        }
        return false;
    }

    private static String brand(byte[] bytes, int at) {
        return Bytes.text(bytes, at, 4);
    }

    static ImageHeader probe(byte[] bytes, ImageFormat format) {
        BoxWalk file = new BoxWalk(bytes, 0, bytes.length);
        if (!file.advanceTo(META)) {
            return ImageHeader.unknown(format);
        }
        long primary = -1;
        BoxWalk properties = null;
        BoxWalk meta = new BoxWalk(bytes, file.from() + VERSION, file.to());
        while (meta.advance()) {
            if (meta.type() == PITM) {
                primary = item(bytes, meta);
            } else if (meta.type() == IPRP) {
                properties = new BoxWalk(bytes, meta.from(), meta.to());
            }
        }
        return primary < 0 || properties == null
                ? ImageHeader.unknown(format)
                : size(bytes, format, primary, properties);
    }

    private static long item(byte[] bytes, BoxWalk pitm) {
        if (pitm.length() < VERSION + 4) {
            return pitm.length() == VERSION + 2 ? Bytes.u16be(bytes, pitm.from() + VERSION) : -1;
        }
        return bytes[pitm.from()] == 0
                ? Bytes.u16be(bytes, pitm.from() + VERSION)
                : Bytes.u32be(bytes, pitm.from() + VERSION);
    }

    private static ImageHeader size(byte[] bytes, ImageFormat format, long item, BoxWalk properties) {
        BitSet ofItem = new BitSet();
        BoxWalk all = null;
        while (properties.advance()) {
            if (properties.type() == IPMA) {
                associate(bytes, properties, item, ofItem);
            } else if (properties.type() == IPCO) {
                all = new BoxWalk(bytes, properties.from(), properties.to());
            }
        }
        for (int number = 1; all != null && all.advance(); number++) {
            if (all.type() == ISPE && ofItem.get(number) && all.length() >= VERSION + 8) {
                int at = all.from() + VERSION;
                return ImageHeader.sizedOrUnknown(format, Bytes.u32be(bytes, at), Bytes.u32be(bytes, at + 4));
            }
        }
        return ImageHeader.unknown(format);
    }

    /** Collects the numbers of the item's properties. */
    private static void associate(byte[] bytes, BoxWalk ipma, long item, BitSet ofItem) {
        if (ipma.length() < VERSION + 4) {
            return;
        }
        int idLength = bytes[ipma.from()] == 0 ? 2 : 4;
        int width = (bytes[ipma.from() + 3] & 1) == 0 ? 1 : 2;
        long entries = Math.min(MOST_ITEMS, Bytes.u32be(bytes, ipma.from() + VERSION));
        int at = ipma.from() + VERSION + 4;
        for (long entry = 0; entry < entries && at + idLength < ipma.to(); entry++) {
            long id = idLength == 2 ? Bytes.u16be(bytes, at) : Bytes.u32be(bytes, at);
            int count = Bytes.u8(bytes, at + idLength);
            at += idLength + 1;
            for (int i = 0; i < count && at + width <= ipma.to(); i++, at += width) {
                // The first bit tells whether the property is essential.
                int number = width == 1 ? Bytes.u8(bytes, at) & 0x7F : Bytes.u16be(bytes, at) & 0x7FFF;
                if (id == item) {
                    ofItem.set(number);
                }
            }
        }
    }
}
