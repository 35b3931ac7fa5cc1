package io.framegate.wire.length;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the time behind a frame: {@code 2026-03-29 07:58:21.123456}, filled up with spaces to 64 bytes. It is the sender's
 * clock in UTC unless it says its offset; the fraction is missing when it is zero, because Python writes it so. Not thread-safe.
 */
final class SendTime {

    private static final int LENGTH = 64;
    private static final int YEAR = 4;

    /** UTC unless it says otherwise, as Python's times with a zone do: {@code +02:00}. */
    private static final DateTimeFormatter ZONED = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT);

    private final byte[] bytes = new byte[LENGTH];
    private int count;
    private boolean none;

    /** Takes bytes up to the end of the time, or up to the one that shows it is none; returns the first byte not taken. */
    int take(byte[] in, int from, int to) {
        int next = from;
        while (next < to && count < LENGTH && !none) {
            byte b = in[next];
            none = (count < YEAR && (b < '0' || b > '9')) || (count == YEAR && b != '-');
            if (!none) {
                bytes[count++] = b;
                next++;
            }
        }
        return next;
    }

    boolean isComplete() {
        return count == LENGTH;
    }

    /** Whether the bytes are no time. */
    boolean isNone() {
        return none;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] taken() {
        return Arrays.copyOf(bytes, count);
    }

    int count() {
        return count;
    }

    /** The time, or null if it is none. */
    @Nullable
    Instant read() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip().replace(' ', 'T');
        try {
            return ZONED.parse(text, Instant::from);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    void reset() {
        count = 0;
        none = false;
    }
}
