package io.framegate.image;

/**
 * Reads the size of a JPEG XL (ISO/IEC 18181-1, SizeHeader), of the codestream alone or in boxes.
 *
 * <pre>
 * FF 0A | small? | height           | ratio (3 bits)    | width, if the ratio is 0
 *         1 bit    small: 5 bits, h = 8 (n + 1)           as the height
 *                  else: 2 bits choose 9, 13, 18 or 30 bits, h = n + 1
 * </pre>
 *
 * <p>The least significant bit comes first.
 */
final class JxlHeader {

    private static final byte[] CODESTREAM = Bytes.latin1("\u00FF\n");
    private static final byte[] SIGNATURE = Bytes.latin1("\0\0\0\fJXL ");
    private static final int JXLC = BoxWalk.type("jxlc");
    private static final int JXLP = BoxWalk.type("jxlp");

    /** Numerator and denominator of the width by the height. */
    private static final int[][] RATIOS = {{0, 1}, {1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}};

    private static final int[] LENGTHS = {9, 13, 18, 30};

    private final byte[] bytes;
    private long bit;
    private boolean ended;

    private JxlHeader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.bit = 8L * from;
    }

    static boolean begins(byte[] bytes) {
        return Bytes.match(bytes, 0, CODESTREAM) || Bytes.match(bytes, 0, SIGNATURE);
    }

    static ImageHeader probe(byte[] bytes) {
        int codestream = Bytes.match(bytes, 0, CODESTREAM) ? 0 : inBoxes(bytes);
        if (codestream < 0 || !Bytes.match(bytes, codestream, CODESTREAM)) {
            return ImageHeader.unknown(ImageFormat.JXL);
        }
        return new JxlHeader(bytes, codestream + CODESTREAM.length).size();
    }

    /** The index of the codestream, whole or the first part of it; or -1. */
    private static int inBoxes(byte[] bytes) {
        BoxWalk file = new BoxWalk(bytes, 0, bytes.length);
        while (file.advance()) {
            if (file.type() == JXLC) {
                return file.from();
            }
            if (file.type() == JXLP) {
                // After the number of the part.
                return file.from() + Integer.BYTES;
            }
        }
        return -1;
    }

    private ImageHeader size() {
        boolean small = bits(1) == 1;
        long height = side(small);
        int[] ratio = RATIOS[bits(3)];
        long width = ratio[0] == 0 ? side(small) : height * ratio[0] / ratio[1];
        return ended
                ? ImageHeader.unknown(ImageFormat.JXL)
                : ImageHeader.sizedOrUnknown(ImageFormat.JXL, width, height);
    }

    private long side(boolean small) {
        return small ? 8L * (bits(5) + 1) : bits(LENGTHS[bits(2)]) + 1L;
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            if (bit >= 8L * bytes.length) {
                ended = true;
                return 0;
            }
            value |= (bytes[(int) (bit / 8)] >> bit % 8 & 1) << i;
        }
        return value;
    }
}
