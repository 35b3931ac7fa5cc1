package io.framegate.wire.embedded;

import io.framegate.wire.jpeg.JpegWalker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the ends of JPEGs that follow each other in the decoded bytes of one text. The markers of a JPEG decide its
 * end, and the next JPEG begins directly after it. Other bytes after a JPEG are part of it, and so are the further
 * pictures of a multi-picture file (CIPA DC-007), which are previews of the same picture. Stateless.
 */
final class PictureEnds {

    private static final int MAX_HEADER = 128 << 10;

    private PictureEnds() {}

    /** The end of each of at most {@code most} pictures; the last one is the end of the bytes. */
    static List<Integer> of(byte[] bytes, int most) {
        List<Integer> ends = new ArrayList<>(1);
        int from = 0;
        while (ends.size() + 1 < most) {
            int end = JpegWalker.end(bytes, from, bytes.length);
            if (end < 0 || !isJpeg(bytes, end) || isMultiPicture(bytes, from, end)) {
                break;
            }
            ends.add(end);
            from = end;
        }
        ends.add(bytes.length);
        return ends;
    }

    private static boolean isJpeg(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && bytes[at] == (byte) 0xFF
                && bytes[at + 1] == (byte) 0xD8
                && bytes[at + 2] == (byte) 0xFF;
    }

    /** Whether the JPEG has the segment {@code APP2} of a multi-picture file. */
    private static boolean isMultiPicture(byte[] bytes, int from, int to) {
        byte[] mark = {'M', 'P', 'F', 0};
        int last = Math.min(to, from + MAX_HEADER) - 2 * mark.length;
        for (int at = from; at < last; at++) {
            if (bytes[at] == (byte) 0xFF
                    && bytes[at + 1] == (byte) 0xE2
                    && Arrays.equals(bytes, at + 4, at + 8, mark, 0, mark.length)) {
                return true;
            }
        }
        return false;
    }
}
