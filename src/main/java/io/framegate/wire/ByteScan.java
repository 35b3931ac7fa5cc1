package io.framegate.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds bytes in an array. Compares eight at a time, because nearly all of a packet is base64 without a match. */
public final class ByteScan {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private ByteScan() {}

    /** The index of the first byte that equals one of the two, or {@code to}. */
    public static int indexOf(byte[] in, int from, int to, char one, char other) {
        long ones = ONES * one;
        long others = ONES * other;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONGS.get(in, at);
            long found = zeroBytes(eight ^ ones) | zeroBytes(eight ^ others);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && in[at] != (byte) one && in[at] != (byte) other) {
            at++;
        }
        return at;
    }

    /** Sets the high bit of the first zero byte. Bits of later bytes may be wrong; the caller uses the first only. */
    private static long zeroBytes(long eight) {
        return (eight - ONES) & ~eight & HIGH_BITS;
    }
}
