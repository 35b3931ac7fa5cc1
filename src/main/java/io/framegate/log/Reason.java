package io.framegate.log;

import java.util.regex.Pattern;

/** Describes a failed delivery in one line for the log, with the text that the target answered. */
public final class Reason {

    private static final int MAX_LENGTH = 512;

    /** A cause may be its own cause's cause. */
    private static final int DEEPEST = 20;

    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?]*)\\?\\S+");

    private Reason() {}

    /**
     * Names class and message of the failure and of its root cause, without line ends and other control characters.
     * Leaves out the query of every address, because that may be a secret (Azure's signatures).
     */
    public static String of(Throwable failure) {
        String reason = said(failure);
        Throwable first = first(failure);
        // Clients often say only that they failed; the root cause says why.
        if (first != failure && !reason.contains(String.valueOf(first.getMessage()))) {
            reason += " <- " + said(first);
        }
        return line(QUERY.matcher(reason).replaceAll("$1?..."));
    }

    /** A text as one line of limited length, without control characters. */
    public static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip();
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
