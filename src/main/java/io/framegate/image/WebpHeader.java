package io.framegate.image;

import org.jspecify.annotations.Nullable;

/**
 * Reads the size of a WebP from its first chunk (RFC 9649, 2.5 to 2.7; the key frame's header in RFC 6386, 9.1).
 *
 * <pre>
 * 0      4       8      12     16      20
 * 'RIFF' length  'WEBP' 'VP8 ' length  frame tag (3) | 9D 01 2A | width (14 bits) | height (14 bits)
 *                       'VP8L' length  2F | width - 1 (14 bits) | height - 1 (14 bits) | alpha | version (3)
 *                       'VP8X' length  flags | 0 0 0 | canvas width - 1 (24 bits) | canvas height - 1 (24 bits)
 * </pre>
 *
 * <p>VP8X is followed by frames with their sizes. A frame larger than the canvas is forbidden and an attack, because
 * decoders allocate memory by the frame. Such a file is no picture.
 */
final class WebpHeader {

    private static final byte[] VP8 = Bytes.latin1("VP8 ");
    private static final byte[] VP8L = Bytes.latin1("VP8L");
    private static final byte[] ANMF = Bytes.latin1("ANMF");
    private static final byte[] START_CODE = Bytes.latin1("\u009D\u0001*");
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int ANMF_HEADER = 16;
    private static final int ANIMATION = 0x02;

    private WebpHeader() {}

    static @Nullable ImageHeader probe(byte[] bytes) {
        if (bytes.length < 30) {
            return null;
        }
        if (bytes[15] != 'X') {
            return frame(bytes, FIRST_CHUNK);
        }
        ImageHeader canvas =
                ImageHeader.sized(ImageFormat.WEBP, Bytes.u24le(bytes, 24) + 1, Bytes.u24le(bytes, 27) + 1);
        return canvas != null && framesFit(bytes, canvas) ? canvas : null;
    }

    /**
     * Visits the same chunks as a decoder, in the same order, up to the first frame of an animation. A frame whose
     * header cannot be read does not fit, because a less strict decoder may read it.
     */
    private static boolean framesFit(byte[] bytes, ImageHeader canvas) {
        boolean animated = (bytes[20] & ANIMATION) != 0;
        long at = FIRST_CHUNK;
        while (at <= bytes.length - CHUNK_HEADER) {
            int chunk = (int) at;
            if (animated && Bytes.match(bytes, chunk, ANMF)) {
                // Its chunks follow its header, so it is not skipped.
                at += CHUNK_HEADER + ANMF_HEADER;
                continue;
            }
            if (Bytes.match(bytes, chunk, VP8) || Bytes.match(bytes, chunk, VP8L)) {
                ImageHeader frame = frame(bytes, chunk);
                if (frame == null || frame.width() > canvas.width() || frame.height() > canvas.height()) {
                    return false;
                }
            }
            long length = Integer.toUnsignedLong(Bytes.i32le(bytes, chunk + 4));
            at += CHUNK_HEADER + length + (length & 1);
        }
        return true;
    }

    private static @Nullable ImageHeader frame(byte[] bytes, int chunk) {
        int at = chunk + CHUNK_HEADER;
        if (at + 10 > bytes.length) {
            return null;
        }
        return Bytes.match(bytes, chunk, VP8L) ? lossless(bytes, at) : lossy(bytes, at);
    }

    private static @Nullable ImageHeader lossy(byte[] bytes, int at) {
        boolean keyFrame = (bytes[at] & 1) == 0;
        if (!keyFrame || !Bytes.match(bytes, at + 3, START_CODE)) {
            return null;
        }
        return ImageHeader.sized(
                ImageFormat.WEBP, Bytes.u16le(bytes, at + 6) & 0x3FFF, Bytes.u16le(bytes, at + 8) & 0x3FFF);
    }

    private static @Nullable ImageHeader lossless(byte[] bytes, int at) {
        int bits = Bytes.i32le(bytes, at + 1);
        int version = bits >>> 29;
        if (bytes[at] != 0x2F || version != 0) {
            return null;
        }
        return ImageHeader.sized(ImageFormat.WEBP, (bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1);
    }
}
