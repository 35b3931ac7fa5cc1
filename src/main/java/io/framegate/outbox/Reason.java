package io.framegate.outbox;

import java.util.regex.Pattern;

/** Why something was not delivered, in one line; what a target said is in it, and goes to the log. */
final class Reason {

    private static final int MAX_LENGTH = 512;

    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?]*)\\?\\S+");

    private Reason() {}

    /**
     * The failure's kind and its message, without line ends and other control characters. Of addresses in it what stands behind
     * the question mark is left out, because that may be a secret (Azure's signatures).
     */
    static String of(Throwable failure) {
        String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        String line = QUERY.matcher(reason)
                .replaceAll("$1?...")
                .replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ")
                .strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH);
    }
}
