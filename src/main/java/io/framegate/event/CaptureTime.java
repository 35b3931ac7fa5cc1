package io.framegate.event;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code currentTime}, a UTC epoch whose unit shows in the number of its digits, 16 for microseconds, 13 for
 * milliseconds, 10 for seconds; some firmware writes 20 digits of nonsense. And {@code dateTime}, ISO 8601 with a zone.
 *
 * <p>A camera whose battery died says 1970 or 2000, one whose clock was set by hand can be years ahead: a time before
 * {@link #EARLIEST} or more than {@link #MAX_AHEAD} after it was received is no time at all. A day covers a camera that
 * takes its local time for UTC. The past is not limited further, because cameras send again what they kept while the
 * network was away. Local times without a zone ({@code dataTime}, and {@code dateTime} of some firmware) are not read:
 * guessing the zone would be wrong by hours and look right. Stateless.
 */
final class CaptureTime {

    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    static final Duration MAX_AHEAD = Duration.ofDays(1);

    private static final int MIN_DATE_TIME = "2026-03-29T09:58Z".length();
    private static final int MAX_DATE_TIME = "2026-03-29T09:58:21.123456789+02:00".length();

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private CaptureTime() {}

    /** The time, or null if the text is none or an impossible one. */
    static @Nullable Instant read(String text, Instant receivedAt) {
        long number = AsciiDigits.parse(text);
        if (number < 0) {
            return null;
        }
        Instant time =
                switch (text.length()) {
                    case 16 -> Instant.EPOCH.plus(number, ChronoUnit.MICROS);
                    case 13 -> Instant.ofEpochMilli(number);
                    case 10 -> Instant.ofEpochSecond(number);
                    default -> Instant.MIN;
                };
        return ifPossible(time, receivedAt);
    }

    /** The time of {@code 2026-03-29T09:58:21+02:00}, or null if the text is none, has no zone or is an impossible one. */
    static @Nullable Instant readDateTime(String text, Instant receivedAt) {
        if (text.length() < MIN_DATE_TIME || text.length() > MAX_DATE_TIME) {
            return null;
        }
        try {
            return ifPossible(
                    OffsetDateTime.parse(text.replace(' ', 'T'), DATE_TIME).toInstant(), receivedAt);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The time, or null if it is an impossible one or none. */
    static @Nullable Instant ifPossible(@Nullable Instant time, Instant receivedAt) {
        boolean possible = time != null && !time.isBefore(EARLIEST) && !time.isAfter(receivedAt.plus(MAX_AHEAD));
        return possible ? time : null;
    }
}
