package io.framegate.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads numbers as operators write them, 1 to 19 ASCII digits, and times as Camel reads them in routes: {@code 500ms},
 * {@code 30s}, {@code 1h30m}, {@code 30d}. {@code Long.parseLong} would also accept signs and the digits of other
 * scripts, and two readers of one property would disagree.
 */
public final class Numbers {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

    private static final Pattern TIME =
            Pattern.compile("(?:N d)?(?:N h)?(?:N m)?(?:N s)?(?:N ms)?".replace("N ", "([0-9]{1,9})"));
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1000, 1};

    private Numbers() {}

    /** Returns the number. Throws an {@link IllegalArgumentException} unless the text consists of digits only. */
    public static long parse(String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw new IllegalArgumentException("number: " + text + " (expected: digits)");
        }
        return Long.parseLong(text, 10);
    }

    /**
     * Returns the number. Throws an {@link IllegalArgumentException} unless it is from {@code least} to {@code most}.
     */
    public static int parse(String text, int least, int most) {
        long number = parse(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException("number: " + text + " (expected: " + least + " to " + most + ")");
        }
        return (int) number;
    }

    /** Formats a time for a message, in whole seconds or in milliseconds: {@code 10s}, {@code 500ms}. */
    public static String timeText(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    /** Returns a time above zero. Refuses a number without a unit, which would be ambiguous. */
    public static Duration parseTime(String text) {
        Matcher time = TIME.matcher(text);
        long millis = 0;
        if (time.matches()) {
            for (int unit = 0; unit < MILLIS.length; unit++) {
                String number = time.group(unit + 1);
                millis += number == null ? 0 : parse(number) * MILLIS[unit];
            }
        }
        if (millis == 0) {
            throw new IllegalArgumentException("time: " + text + " (expected: a time, like 30s)");
        }
        return Duration.ofMillis(millis);
    }
}
