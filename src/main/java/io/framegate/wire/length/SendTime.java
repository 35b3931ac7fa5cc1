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
 * Reads the time after a frame: {@code 2026-03-29 07:58:21.123456} and spaces up to 64 bytes. It is in UTC unless it
 * has an offset. The fraction may be missing, because Python omits it when it is zero. Not thread-safe.
 */
final class SendTime {

    private static final int LENGTH = 64;
    private static final int YEAR = 4;

    /** Reads an optional offset, {@code +02:00}, which Python writes for times with a zone. */
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

    /**
     * Reads bytes up to the end of the time, or to the first byte that cannot belong to a time.
     *
     * @return the index of the first byte that was not read
     */
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

    /** Whether the bytes are not a time. */
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

    /** The time, or null if the text is not a valid time. */
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
