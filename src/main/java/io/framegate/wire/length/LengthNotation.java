package io.framegate.wire.length;

/** The notation of a length before a frame. {@link FrameLength} shows each one. */
enum LengthNotation {
    /** {@link #ASCII64}, {@link #ASCII16} or {@link #LINE}: the first length decides it. */
    ASCII(0, "length64"),
    ASCII64(64, "length64"),
    ASCII16(16, "length16"),
    LINE(0, "lengthline"),
    /** {@link #LE32} or {@link #BE32}. */
    INT32(Integer.BYTES, "le32"),
    LE32(Integer.BYTES, "le32"),
    BE32(Integer.BYTES, "be32"),
    LE64(Long.BYTES, "le64"),
    BE64(Long.BYTES, "be64");

    private final int width;
    private final String format;

    LengthNotation(int width, String format) {
        this.width = width;
        this.format = format;
    }

    /** The number of bytes, or 0 if it is not fixed. */
    int width() {
        return width;
    }

    /** The name of the format, as far as the notation decides it. */
    String format() {
        return format;
    }

    boolean isAscii() {
        return width == 0 || width > Long.BYTES;
    }

    private boolean isMostSignificantFirst() {
        return this == BE32 || this == BE64;
    }

    /**
     * The binary length that begins at an index, unsigned. Bytes that are not there yet count as zero.
     *
     * @param to the index after the last byte that is there
     */
    long value(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            int at = from + (isMostSignificantFirst() ? i : width - 1 - i);
            value = value << 8 | (at < to ? bytes[at] & 0xFF : 0);
        }
        return value;
    }
}
