package io.framegate.tool.replay;

import java.util.Locale;

/**
 * What became of one file.
 *
 * @param kind the word for it
 * @param detail why, or how much of it; for people, may be empty
 * @param ends whether the next file would fare no better
 */
record Outcome(Kind kind, String detail, boolean ends) {

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

    static Outcome accepted(String detail) {
        return new Outcome(Kind.ACCEPTED, detail, false);
    }

    static Outcome sent(String detail) {
        return new Outcome(Kind.SENT, detail, false);
    }

    static Outcome refused(String detail) {
        return new Outcome(Kind.REFUSED, detail, false);
    }

    static Outcome unanswered(String detail) {
        return new Outcome(Kind.UNANSWERED, detail, false);
    }

    static Outcome unusable(String detail) {
        return new Outcome(Kind.UNUSABLE, detail, false);
    }

    /** The same, and the last one. */
    Outcome andNoMore() {
        return new Outcome(kind, detail, true);
    }

    /** An answer: a gateway that cannot store, or does not know the user, says the same to the next file. */
    static Outcome answered(int status, String body) {
        if (status == 200) {
            return accepted("");
        }
        Outcome refused = refused("answer " + status + line(body));
        return status == 503 || status == 401 ? refused.andNoMore() : refused;
    }

    /** The first line of what a gateway says, fit for a terminal. */
    private static String line(String body) {
        String line = body.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
        return line.isEmpty() ? "" : ", " + line.substring(0, Math.min(line.length(), 200));
    }
}
