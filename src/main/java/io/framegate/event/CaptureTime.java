package io.framegate.event;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code currentTime}: a UTC epoch whose unit shows in the number of its digits, 16 for microseconds, 13 for
 * milliseconds, 10 for seconds. Some firmware writes 20 digits of nonsense.
 *
 * <p>A camera whose battery died says 1970 or 2000, one whose clock was set by hand can be years ahead: a time before
 * {@link #EARLIEST} or more than {@link #MAX_AHEAD} after it was received is no time at all. A day covers a camera that
 * takes its local time for UTC. The past is not limited further, because cameras send again what they kept while the
 * network was away. Local times without a zone ({@code dataTime}) are not read: guessing the zone would be wrong by
 * hours and look right. Stateless.
 */
final class CaptureTime {

    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    static final Duration MAX_AHEAD = Duration.ofDays(1);

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

    /** The time, or null if it is an impossible one or none. */
    static @Nullable Instant ifPossible(@Nullable Instant time, Instant receivedAt) {
        boolean possible = time != null && !time.isBefore(EARLIEST) && !time.isAfter(receivedAt.plus(MAX_AHEAD));
        return possible ? time : null;
    }
}
