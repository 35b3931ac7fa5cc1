package io.framegate.log;

import java.util.regex.Pattern;

/** Why something was not delivered, in one line; what a target said is in it, and goes to the log. */
public final class Reason {

    private static final int MAX_LENGTH = 512;

    /** Causes may go in a circle. */
    private static final int DEEPEST = 20;

    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?]*)\\?\\S+");

    private Reason() {}

    /**
     * The failure's kind and its message, and those of what caused it first, without line ends and other control characters. Of addresses in it what stands behind
     * the question mark is left out, because that may be a secret (Azure's signatures).
     */
    public static String of(Throwable failure) {
        String reason = said(failure);
        Throwable first = first(failure);
        // Clients like to say that they failed, and the cause what did.
        if (first != failure && !reason.contains(String.valueOf(first.getMessage()))) {
            reason += " <- " + said(first);
        }
        String line = QUERY.matcher(reason)
                .replaceAll("$1?...")
                .replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ")
                .strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH);
    }

    private static String said(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static Throwable first(Throwable failure) {
        Throwable first = failure;
        for (int depth = 0; first.getCause() != null && depth < DEEPEST; depth++) {
            first = first.getCause();
        }
        return first;
    }
}
