package io.framegate.image;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first directory of a TIFF (TIFF 6.0, 2) or BigTIFF, whose numbers are 8 bytes long.
 *
 * <pre>
 * 'II' 2A 00 | offset (4) | ... | count (2) | 12 bytes each: tag (2) type (2) count (4) value or offset (4)
 * 'II' 2B 00 | 08 00 00 00 | offset (8) | ... | count (8) | 20 bytes each: tag (2) type (2) count (8) value (8)
 * </pre>
 *
 * <p>'MM' has the most significant byte first. Reads at most {@value #MOST_ENTRIES} entries. Immutable.
 */
final class TiffHeader {

    private static final byte[] LITTLE = Bytes.latin1("II*\0");
    private static final byte[] BIG = Bytes.latin1("MM\0*");
    private static final byte[] LITTLE_64 = Bytes.latin1("II+\0");
    private static final byte[] BIG_64 = Bytes.latin1("MM\0+");

    private static final int MOST_ENTRIES = 1000;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int SAMPLES = 277;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int SAMPLE_FORMAT = 339;

    private static final Set<Integer> DEPTHS = Set.of(1, 2, 4, 8, 16);
    private static final Set<Integer> UNSIGNED = Set.of(1);

    /** None, LZW, deflate by its two numbers, PackBits. Not fax, and not JPEG, which declares another size. */
    private static final Set<Integer> COMPRESSIONS = Set.of(1, 5, 8, 32_946, 32_773);

    /** White or black is zero, RGB, palette. */
    private static final Set<Integer> COLOURS = Set.of(0, 1, 2, 3);

    private static final Set<Integer> SAMPLE_COUNTS = Set.of(1, 2, 3, 4);

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int LONG8 = 16;

    /** The bytes of a value by its type: BYTE is 1, DOUBLE is 12. */
    private static final int[] LENGTHS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private final byte[] bytes;
    private final boolean little;
    private final boolean wide;

    private TiffHeader(byte[] bytes) {
        this.bytes = bytes;
        this.little = bytes[0] == 'I';
        this.wide = Bytes.match(bytes, 0, LITTLE_64) || Bytes.match(bytes, 0, BIG_64);
    }

    static boolean begins(byte[] bytes) {
        return Bytes.match(bytes, 0, LITTLE)
                || Bytes.match(bytes, 0, BIG)
                || Bytes.match(bytes, 0, LITTLE_64)
                || Bytes.match(bytes, 0, BIG_64);
    }

    static ImageHeader probe(byte[] bytes) {
        TiffHeader header = new TiffHeader(bytes);
        return ImageHeader.sizedOrUnknown(ImageFormat.TIFF, header.tagged(WIDTH), header.tagged(HEIGHT));
    }

    /**
     * Throws if decoding might use more memory than the pixels of the header require. The decoder takes the lengths of
     * arrays from the file, has tables of all values of a sample, and reads embedded pictures with separate headers.
     */
    static void checkDecodable(byte[] bytes, long maxPixels) throws IOException {
        String problem = new TiffHeader(bytes).problem(maxPixels);
        if (problem != null) {
            throw new IOException("TIFF " + problem);
        }
    }

    private @Nullable String problem(long maxPixels) {
        if (wide) {
            return "offsets: 8 bytes (expected: 4, because there is no decoder for BigTIFF)";
        }
        int first = first();
        int entries = entries();
        if (entries == MOST_ENTRIES) {
            return "directory: " + entries + " entries or more (expected: fewer)";
        }
        // Checks every entry, because a tag may occur twice.
        for (int at = first; at < first + entries * entryLength(); at += entryLength()) {
            int tag = u16(at);
            int type = u16(at + 2);
            long length = u32(at + 4) * (type < LENGTHS.length ? LENGTHS[type] : Long.BYTES);
            if (length > bytes.length) {
                return "tag " + tag + ": " + length + " bytes (expected: <= " + bytes.length + ")";
            }
            String problem = problem(tag, at, maxPixels);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String problem(int tag, int at, long maxPixels) {
        return switch (tag) {
            case BITS -> allIn(at, DEPTHS) ? null : "bits of a sample (expected: 1, 2, 4, 8 or 16)";
            case SAMPLE_FORMAT -> allIn(at, UNSIGNED) ? null : "samples (expected: unsigned integers)";
            case COMPRESSION ->
                allIn(at, COMPRESSIONS)
                        ? null
                        : "compression: " + number(at) + " (expected: none, LZW, deflate or PackBits)";
            case PHOTOMETRIC -> allIn(at, COLOURS) ? null : "colours (expected: grey, RGB or a palette)";
            case SAMPLES -> allIn(at, SAMPLE_COUNTS) ? null : "samples: " + number(at) + " (expected: 1 to 4)";
            case TILE_WIDTH, TILE_HEIGHT ->
                number(at) > 0 && number(at) * number(at) <= maxPixels
                        ? null
                        : "tile side: " + number(at) + " (expected: <= the root of " + maxPixels + ")";
            default -> null;
        };
    }

    /** Whether the entry has one value or more, up to four, and each of them is allowed. */
    private boolean allIn(int at, Set<Integer> allowed) {
        long count = u32(at + 4);
        if (u16(at + 2) != SHORT || count < 1 || count > SAMPLE_COUNTS.size()) {
            return false;
        }
        long from = count <= 2 ? at + 8 : u32(at + 8);
        if (from > bytes.length - 2 * count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!allowed.contains(u16((int) from + 2 * i))) {
                return false;
            }
        }
        return true;
    }

    /** The number that this tag has, or -1. */
    private long tagged(int tag) {
        int first = first();
        int end = first + entries() * entryLength();
        for (int at = first; at < end; at += entryLength()) {
            if (u16(at) == tag) {
                return number(at);
            }
        }
        return -1;
    }

    /** The number in the entry at this index, or -1 if it has none or several. */
    private long number(int at) {
        long count = wide ? i64(at + 4) : u32(at + 4);
        int value = at + (wide ? 12 : 8);
        if (count != 1) {
            return -1;
        }
        return switch (u16(at + 2)) {
            case SHORT -> u16(value);
            case LONG -> u32(value);
            case LONG8 -> wide ? i64(value) : -1;
            default -> -1;
        };
    }

    /** The index of the first entry; after the end of the bytes if there is no directory. */
    private int first() {
        int head = wide ? 16 : 8;
        if (bytes.length < head) {
            return bytes.length;
        }
        long offset = wide ? i64(8) : u32(4);
        int countLength = wide ? 8 : 2;
        return offset < head || offset > bytes.length - countLength ? bytes.length : (int) offset + countLength;
    }

    /** The number of whole entries. */
    private int entries() {
        int first = first();
        if (first == bytes.length) {
            return 0;
        }
        long count = wide ? i64(first - 8) : u16(first - 2);
        int whole = (bytes.length - first) / entryLength();
        return (int) Math.max(0, Math.min(count, Math.min(whole, MOST_ENTRIES)));
    }

    private int entryLength() {
        return wide ? 20 : 12;
    }

    private int u16(int at) {
        return little ? Bytes.u16le(bytes, at) : Bytes.u16be(bytes, at);
    }

    private long u32(int at) {
        return Integer.toUnsignedLong(little ? Bytes.i32le(bytes, at) : Bytes.i32be(bytes, at));
    }

    private long i64(int at) {
        return little ? Long.reverseBytes(Bytes.i64be(bytes, at)) : Bytes.i64be(bytes, at);
    }
}
