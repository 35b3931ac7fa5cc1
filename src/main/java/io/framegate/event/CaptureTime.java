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
 * Reads the camera's time from {@code currentTime} and {@code dateTime}. {@code currentTime} is a UTC epoch; the number
 * of its digits gives the unit: 16 for microseconds, 13 for milliseconds, 10 for seconds. Some firmware writes 20
 * digits that mean nothing. {@code dateTime} is ISO 8601 with a zone.
 *
 * <p>A camera with an empty battery sends 1970 or 2000, and a clock that was set by hand may be years ahead. So a time
 * before {@link #EARLIEST}, or more than {@link #MAX_AHEAD} after the receipt, is impossible. One day ahead allows a
 * camera that sends its local time as UTC. Older times are possible, because cameras store events while the network is
 * down. Local times without a zone ({@code dataTime}, and {@code dateTime} of some firmware) are not read, because a
 * guessed zone would be wrong by hours and look right. Stateless.
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

    /** The time of {@code currentTime}, or null if the text is no time or an impossible one. */
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

    /** The time of {@code 2026-03-29T09:58:21+02:00}, or null if the text is no time, has no zone or is impossible. */
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

    /** The time, or null if it is impossible. */
    static @Nullable Instant ifPossible(@Nullable Instant time, Instant receivedAt) {
        boolean possible = time != null && !time.isBefore(EARLIEST) && !time.isAfter(receivedAt.plus(MAX_AHEAD));
        return possible ? time : null;
    }
}
