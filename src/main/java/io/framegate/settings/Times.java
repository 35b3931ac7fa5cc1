package io.framegate.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads times as operators write them, and as Camel reads them in routes: {@code 500ms}, {@code 30s}, {@code 1h30m},
 * {@code 30d}.
 */
final class Times {

    private static final String NUMBER = "([0-9]{1,9})";
    private static final Pattern TIME =
            Pattern.compile("(?:N d)?(?:N h)?(?:N m)?(?:N s)?(?:N ms)?".replace("N ", NUMBER));
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1000, 1};

    private Times() {}

    /** The time, longer than none; a number without a unit is refused, because nobody would know which is meant. */
    static Duration parse(String text) {
        Matcher time = TIME.matcher(text);
        long millis = 0;
        if (time.matches()) {
            for (int unit = 0; unit < MILLIS.length; unit++) {
                String number = time.group(unit + 1);
                millis += number == null ? 0 : Numbers.parse(number) * MILLIS[unit];
            }
        }
        if (millis == 0) {
            throw new IllegalArgumentException("time: " + text + " (expected: a time, like 30s)");
        }
        return Duration.ofMillis(millis);
    }
}
