package io.framegate.settings;

import java.util.regex.Pattern;

/**
 * Reads numbers as operators write them: 1 to 19 ASCII digits. {@code Long.parseLong} alone would also take signs and
 * the digits of other scripts, and two readers of one property would disagree.
 */
public final class Numbers {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

    private Numbers() {}

    /** The number; throws {@link IllegalArgumentException} unless the text is digits alone. */
    public static long parse(String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw new IllegalArgumentException("number: " + text + " (expected: digits)");
        }
        return Long.parseLong(text, 10);
    }

    /** The number if it is from {@code least} to {@code most}; throws {@link IllegalArgumentException} otherwise. */
    public static int parse(String text, int least, int most) {
        long number = parse(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException("number: " + text + " (expected: " + least + " to " + most + ")");
        }
        return (int) number;
    }
}
