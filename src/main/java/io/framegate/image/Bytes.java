package io.framegate.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads numbers and tags at a position of an array. The caller checks that the position is inside. */
final class Bytes {

    private Bytes() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    static int u16be(byte[] bytes, int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }

    static int u16le(byte[] bytes, int at) {
        return u8(bytes, at + 1) << 8 | u8(bytes, at);
    }

    static int u24le(byte[] bytes, int at) {
        return u8(bytes, at + 2) << 16 | u16le(bytes, at);
    }

    static int i32be(byte[] bytes, int at) {
        return u16be(bytes, at) << 16 | u16be(bytes, at + 2);
    }

    static int i32le(byte[] bytes, int at) {
        return u16le(bytes, at + 2) << 16 | u16le(bytes, at);
    }

    static long u32be(byte[] bytes, int at) {
        return Integer.toUnsignedLong(i32be(bytes, at));
    }

    static long i64be(byte[] bytes, int at) {
        return (long) i32be(bytes, at) << 32 | u32be(bytes, at + 4);
    }

    static String text(byte[] bytes, int at, int length) {
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    static byte[] latin1(String tag) {
        return tag.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the tag is at the position. The array may end before the tag. */
    static boolean match(byte[] bytes, int at, byte[] tag) {
        return at >= 0
                && at <= bytes.length - tag.length
                && Arrays.equals(bytes, at, at + tag.length, tag, 0, tag.length);
    }
}
