package io.framegate.event;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads times in the notations that cameras use.
 *
 * <pre>
 * 1767225599123456 | 1767225599123 | 1767225599        UTC epoch: 16 digits microseconds, 13 milliseconds, 10 seconds
 * 1767225599.25                                        UTC epoch in seconds
 * 2026-03-29T09:58:21.123+02:00 | 20260329T075821Z     with a zone
 * 2026-03-29 09:58:21.123 | 2026/03/29 09:58:21        without a zone: local time
 * 29-03-2026 09:58:21 | 03-29-2026 09:58:21 AM         day or month first
 * 20260329095821 | 20260329095821123                   local time
 * </pre>
 *
 * <p>Some firmware writes 20 meaningless digits. A camera with an empty battery sends 1970 or 2000, and a clock that
 * was set by hand may be years ahead. So a time before {@link #EARLIEST}, or more than {@link #MAX_AHEAD} after the
 * receipt, is impossible. The tolerance of one day covers a camera that sends its local time as UTC. Older times are
 * possible, because cameras store events while the network is down.
 *
 * <p>If a local time can be read in two ways (day or month first, or in the hour that daylight saving time repeats),
 * the time nearer to the receipt counts. Stateless.
 */
final class CaptureTime {

    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    static final Duration MAX_AHEAD = Duration.ofDays(1);

    private static final int MAX_LENGTH = 48;
    private static final int NOON = 12;
    private static final String ZONE = "\\s?(Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?";

    /** Jackson writes 1767225599.25 as 1.76722559925E9. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{10}\\.[0-9]{1,9}|1\\.[0-9]{1,17}E9");

    private static final Pattern DATE_TIME = Pattern.compile("([0-9]{1,4})([-/.])([0-9]{1,2})\\2([0-9]{1,4})[T ]{1,2}"
            + "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,:]([0-9]{1,9}))?)?\\s?([AP]M)?" + ZONE);

    private static final Pattern COMPACT =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})T?([0-9]{2})([0-9]{2})([0-9]{2})\\.?([0-9]{3})?" + ZONE);

    private CaptureTime() {}

    /** The time of a UTC epoch, or null if the text is not an epoch or its time is impossible. */
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

    /**
     * The time of a UTC epoch in any unit, or of a date with a zone; null if the text is neither, or its time is
     * impossible.
     */
    static @Nullable Instant readWithZone(String text, Instant receivedAt) {
        if (SECONDS.matcher(text).matches()) {
            // Microseconds, because a double is no more precise.
            long micros = new BigDecimal(text).movePointRight(6).longValue();
            return ifPossible(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), receivedAt);
        }
        Instant epoch = read(text, receivedAt);
        return epoch != null ? epoch : readDate(text, null, receivedAt);
    }

    /** The time of a date without a zone, or null if the text is not such a date or its time is impossible. */
    static @Nullable Instant readLocal(String text, ZoneId zone, Instant receivedAt) {
        return readDate(text, zone, receivedAt);
    }

    /** The time, or null if it is impossible. */
    static @Nullable Instant ifPossible(@Nullable Instant time, Instant receivedAt) {
        boolean possible = time != null && !time.isBefore(EARLIEST) && !time.isAfter(receivedAt.plus(MAX_AHEAD));
        return possible ? time : null;
    }

    /** Reads a date with a zone if {@code zone} is null, otherwise a date without a zone. */
    private static @Nullable Instant readDate(String text, @Nullable ZoneId zone, Instant receivedAt) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        Matcher date = DATE_TIME.matcher(upper);
        Matcher compact = COMPACT.matcher(upper);
        Stream<LocalDateTime> readings;
        String offset;
        if (date.matches()) {
            readings = readings(date);
            offset = date.group(10);
        } else if (compact.matches()) {
            readings = local(
                    List.of(compact.group(1), compact.group(2), compact.group(3)),
                    List.of(compact.group(4), compact.group(5), compact.group(6)),
                    compact.group(7));
            offset = compact.group(8);
        } else {
            return null;
        }
        if ((offset == null) != (zone != null)) {
            return null;
        }
        return readings.flatMap(local -> instants(local, zone, offset))
                .filter(time -> ifPossible(time, receivedAt) != null)
                .min(Comparator.comparing(
                        time -> Duration.between(time, receivedAt).abs()))
                .orElse(null);
    }

    private static Stream<LocalDateTime> readings(Matcher date) {
        List<String> time = List.of(hour(date.group(5), date.group(9)), date.group(6), orZero(date.group(7)));
        String first = date.group(1);
        String second = date.group(3);
        String third = date.group(4);
        if (first.length() == 4) {
            return local(List.of(first, second, third), time, date.group(8));
        }
        if (third.length() != 4) {
            return Stream.empty();
        }
        return Stream.concat(
                local(List.of(third, second, first), time, date.group(8)),
                local(List.of(third, first, second), time, date.group(8)));
    }

    private static Stream<Instant> instants(LocalDateTime local, @Nullable ZoneId zone, @Nullable String offset) {
        if (zone == null) {
            ZoneOffset known = offset(offset);
            return known == null ? Stream.empty() : Stream.of(local.toInstant(known));
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return offsets.isEmpty()
                ? Stream.of(local.atZone(zone).toInstant())
                : offsets.stream().map(local::toInstant);
    }

    private static @Nullable ZoneOffset offset(@Nullable String text) {
        if (text == null || !(text.startsWith("+") || text.startsWith("-"))) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneOffset.of(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String hour(String text, @Nullable String half) {
        int hour = AsciiDigits.parseInt(text, NOON * 2);
        if (half == null) {
            return text;
        }
        return hour == 0 || hour > NOON ? "99" : String.valueOf(hour % NOON + (half.equals("PM") ? NOON : 0));
    }

    private static String orZero(@Nullable String text) {
        return text == null ? "0" : text;
    }

    /** The date and time; empty if there is no such day or hour. */
    private static Stream<LocalDateTime> local(List<String> date, List<String> time, @Nullable String fraction) {
        try {
            return Stream.of(LocalDateTime.of(
                    number(date.get(0)),
                    number(date.get(1)),
                    number(date.get(2)),
                    number(time.get(0)),
                    number(time.get(1)),
                    number(time.get(2)),
                    number((orZero(fraction) + "00000000").substring(0, 9))));
        } catch (DateTimeException e) {
            return Stream.empty();
        }
    }

    private static int number(String digits) {
        return AsciiDigits.parseInt(digits, -1);
    }
}
