package io.framegate.send;

/** Reads a number of ASCII digits. */
final class Digits {

    private static final int MAX = 9;

    private Digits() {}

    /** The number, or -1 if the text is none or has more than nine digits. */
    static int of(String text) {
        if (text.isEmpty() || text.length() > MAX) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
