package io.framegate.wire.length;

/** The notation of a length before a frame. {@link FrameLength} shows each one. */
enum LengthNotation {
    /** 64 or 16 bytes. */
    ASCII(0),
    ASCII64(64),
    ASCII16(16),
    /** {@link #LE32} or {@link #BE32}. */
    INT32(Integer.BYTES),
    LE32(Integer.BYTES),
    BE32(Integer.BYTES),
    LE64(Long.BYTES);

    private final int width;

    LengthNotation(int width) {
        this.width = width;
    }

    /** The number of bytes, or 0 if the first length decides it. */
    int width() {
        return width;
    }

    boolean isAscii() {
        return this == ASCII || this == ASCII64 || this == ASCII16;
    }
}
