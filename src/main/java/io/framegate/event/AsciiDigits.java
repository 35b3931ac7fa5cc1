package io.framegate.event;

/** Parses decimal numbers. Unlike {@code Long.parseLong}, accepts no sign and no digits of other scripts. */
public final class AsciiDigits {

    /** Nine digits always fit an {@code int}. */
    static final int MAX_INT_DIGITS = 9;

    /** Eighteen digits always fit a {@code long}. */
    static final int MAX_LONG_DIGITS = 18;

    private AsciiDigits() {}

    /** The number, or -1 if the text is not 1 to {@link #MAX_LONG_DIGITS} digits. */
    public static long parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LONG_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int index = 0; index < text.length(); index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The number, or {@code fallback} if the text is not 1 to {@link #MAX_INT_DIGITS} digits. */
    public static int parseInt(String text, int fallback) {
        return text.length() <= MAX_INT_DIGITS && parse(text) >= 0 ? (int) parse(text) : fallback;
    }
}
