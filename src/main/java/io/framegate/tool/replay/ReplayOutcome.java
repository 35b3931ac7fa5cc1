package io.framegate.tool.replay;

import java.util.Locale;

/**
 * What became of one file.
 *
 * @param kind the word for it
 * @param detail why, or how much of it; for people, may be empty
 * @param ends whether the next file would fare no better
 */
record ReplayOutcome(Kind kind, String detail, boolean ends) {

    /** Each is a word of the report. */
    enum Kind {
        /** Answered 200: stored, but for pictures that are none. */
        ACCEPTED,
        /** Sent whole over a format that has no answers. */
        SENT,
        /** Answered with anything else, or the connection was closed before all was sent. */
        REFUSED,
        /** Sent, and not answered: whether it is stored is not known. */
        UNANSWERED,
        /** Nothing that could be sent. */
        UNUSABLE;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ReplayOutcome accepted(String detail) {
        return new ReplayOutcome(Kind.ACCEPTED, detail, false);
    }

    static ReplayOutcome sent(String detail) {
        return new ReplayOutcome(Kind.SENT, detail, false);
    }

    static ReplayOutcome refused(String detail) {
        return new ReplayOutcome(Kind.REFUSED, detail, false);
    }

    static ReplayOutcome unanswered(String detail) {
        return new ReplayOutcome(Kind.UNANSWERED, detail, false);
    }

    static ReplayOutcome unusable(String detail) {
        return new ReplayOutcome(Kind.UNUSABLE, detail, false);
    }

    /** The same, and the last one. */
    ReplayOutcome andNoMore() {
        return new ReplayOutcome(kind, detail, true);
    }

    /** An answer: a gateway that cannot store, or does not know the user, says the same to the next file. */
    static ReplayOutcome answered(int status, String body) {
        if (status == 200) {
            return accepted("");
        }
        ReplayOutcome refused = refused("answer " + status + line(body));
        return status == 503 || status == 401 ? refused.andNoMore() : refused;
    }

    /** The first line of what a gateway says, fit for a terminal. */
    private static String line(String body) {
        String line = body.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
        return line.isEmpty() ? "" : ", " + line.substring(0, Math.min(line.length(), 200));
    }
}
