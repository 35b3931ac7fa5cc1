package io.framegate.image;

/**
 * Visits the boxes of one level of a file in ISO base media format, as HEIF, JPEG 2000 and JPEG XL use it.
 *
 * <pre>
 * +--------+------+-----------------+---------+    length 0: up to the end
 * | length | type | length, 8 bytes | content |    length 1: the length of 8 bytes follows the type
 * +--------+------+-----------------+---------+
 * </pre>
 *
 * <p>Does not trust a length: a box that is longer than its parent ends with the parent, and a box that is shorter than
 * its head ends the walk. Visits at most {@value #MOST} boxes. Not thread-safe.
 */
final class BoxWalk {

    /** Far more boxes than a picture has at one level. */
    static final int MOST = 1000;

    private static final int HEAD = 8;

    private final byte[] bytes;
    private final int end;
    private int next;
    private int visited;
    private int from;
    private int to;
    private int type;

    /** Begins a walk over these bytes of the file. */
    BoxWalk(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.next = from;
        this.end = Math.min(to, bytes.length);
    }

    /** Goes to the next box; returns false if there is none. */
    boolean advance() {
        if (visited++ == MOST || end - next < HEAD) {
            return false;
        }
        int head = HEAD;
        long length = Bytes.u32be(bytes, next);
        if (length == 1) {
            head += Long.BYTES;
            length = end - next < head ? 0 : Bytes.i64be(bytes, next + HEAD);
        } else if (length == 0) {
            length = (long) end - next;
        }
        if (length < head) {
            return false;
        }
        type = Bytes.i32be(bytes, next + 4);
        from = next + head;
        to = length > end - next ? end : next + (int) length;
        next = to;
        return true;
    }

    /** Goes to the next box of this type; returns false if there is none. */
    boolean advanceTo(int wanted) {
        while (advance()) {
            if (type == wanted) {
                return true;
            }
        }
        return false;
    }

    /** The type of a box with this name of four characters. */
    static int type(String name) {
        return Bytes.i32be(Bytes.latin1(name), 0);
    }

    int type() {
        return type;
    }

    /** The index of the content. */
    int from() {
        return from;
    }

    /** The exclusive end of the content. */
    int to() {
        return to;
    }

    int length() {
        return to - from;
    }
}
