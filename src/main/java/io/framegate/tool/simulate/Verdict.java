package io.framegate.tool.simulate;

import java.util.Locale;

/** What a run comes to. */
enum Verdict {
    COMPLETE,
    NOT_VERIFIED,
    NOTHING_SENT,
    NOT_COMPLETE,
    /** It was there at the beginning and is not there at the end. */
    GATEWAY_GONE;

    boolean isGood() {
        return this == COMPLETE || this == NOT_VERIFIED;
    }

    /** What is wrong is in capitals. */
    @Override
    public String toString() {
        String words = name().replace('_', ' ');
        return isGood() ? words.toLowerCase(Locale.ROOT) : words;
    }
}
