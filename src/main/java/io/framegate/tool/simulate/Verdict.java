package io.framegate.tool.simulate;

import java.util.Locale;

/** The result of a run. */
enum Verdict {
    COMPLETE,
    NOT_VERIFIED,
    NOTHING_SENT,
    NOT_COMPLETE,
    /** The gateway listened at the beginning and does not at the end. */
    GATEWAY_GONE;

    boolean isGood() {
        return this == COMPLETE || this == NOT_VERIFIED;
    }

    /** Returns the words for the summary; bad verdicts are in capitals. */
    @Override
    public String toString() {
        String words = name().replace('_', ' ');
        return isGood() ? words.toLowerCase(Locale.ROOT) : words;
    }
}
