package io.framegate.event;

import java.util.regex.Pattern;

/**
 * Makes the texts of peers harmless: one line, at most {@link #MAX_LENGTH} characters, and nothing that a log, a
 * terminal or a text file would interpret. Stateless.
 */
public final class PeerText {

    /** In UTF-16 characters. */
    static final int MAX_LENGTH = 256;

    private static final Pattern KEY = Pattern.compile("(?i)(?!camel|org\\.apache\\.camel)[a-z0-9_.-]{1,64}");

    private PeerText() {}

    /** Removes surrounding white space and all control characters, and cuts the text at {@link #MAX_LENGTH}. */
    public static String clean(String text) {
        if (isClean(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        for (int index = 0; index < text.length(); ) {
            int c = text.codePointAt(index);
            index += Character.charCount(c);
            if (Character.isWhitespace(c)) {
                c = ' ';
            }
            if (!isHarmless(c) || (c == ' ' && kept.isEmpty())) {
                continue;
            }
            if (kept.length() + Character.charCount(c) > MAX_LENGTH) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.toString().stripTrailing();
    }

    /**
     * Whether the name may be the key of an attribute: {@code [A-Za-z0-9_.-]{1,64}}. Names in Camel's control namespace
     * are not allowed, in case a route turns all attributes into headers.
     */
    static boolean isKey(String name) {
        return KEY.matcher(name).matches();
    }

    private static boolean isClean(String text) {
        int length = text.length();
        if (length == 0) {
            return true;
        }
        if (length > MAX_LENGTH || text.charAt(0) == ' ' || text.charAt(length - 1) == ' ') {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (text.charAt(index) < ' ' || text.charAt(index) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Keeps other format characters, because Persian and Indic names need their joiners. */
    private static boolean isHarmless(int c) {
        int kind = Character.getType(c);
        boolean turnsText = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
        return kind != Character.CONTROL && kind != Character.SURROGATE && !turnsText;
    }
}
