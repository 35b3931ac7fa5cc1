package io.framegate.tool.replay;

import java.util.Locale;

/**
 * The outcome of an item.
 *
 * @param kind the word for the outcome
 * @param detail the reason or the amount, for people; may be empty
 * @param ends whether the remaining items would have the same outcome
 */
record ReplayOutcome(Kind kind, String detail, boolean ends) {

    /** The words of the report. */
    enum Kind {
        /** Answered with 200: the gateway has stored the images, and has quarantined parts that are not images. */
        ACCEPTED,
        /** Sent whole in a format without answers. */
        SENT,
        /** Answered with another status, or the gateway closed the connection before it had read all bytes. */
        REFUSED,
        /** Sent, but not answered: the gateway may have stored it. */
        UNANSWERED,
        /** Cannot be sent. */
        UNUSABLE;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Creates an outcome that does not end the replay. */
    ReplayOutcome(Kind kind, String detail) {
        this(kind, detail, false);
    }

    /** Returns the same outcome, which ends the replay. */
    ReplayOutcome andNoMore() {
        return new ReplayOutcome(kind, detail, true);
    }

    /**
     * Returns the outcome of an answer. If the gateway cannot store, or refuses the user, the outcome ends the replay.
     */
    static ReplayOutcome answered(int status, String body) {
        if (status == 200) {
            return new ReplayOutcome(Kind.ACCEPTED, "");
        }
        ReplayOutcome refused = new ReplayOutcome(Kind.REFUSED, "answer " + status + line(body));
        return status == 503 || status == 401 ? refused.andNoMore() : refused;
    }

    /** Returns the first line of the answer without control characters. */
    private static String line(String body) {
        String line = body.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
        return line.isEmpty() ? "" : ", " + line.substring(0, Math.min(line.length(), 200));
    }
}
