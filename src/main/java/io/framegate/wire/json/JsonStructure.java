package io.framegate.wire.json;

/**
 * Tracks the brackets of a JSON document and the bytes between its strings. Recognises comments, because they may
 * contain brackets and quotes, and checks nothing else: the document need not be well-formed. Not thread-safe.
 */
final class JsonStructure {

    private enum State {
        TOKENS,
        SLASH,
        LINE_COMMENT,
        COMMENT,
        COMMENT_STAR
    }

    private State state = State.TOKENS;
    private int depth;
    private char quote;
    private boolean atString;
    private boolean ended;

    /** Begins a document. The next byte is its bracket. */
    void begin() {
        state = State.TOKENS;
        depth = 0;
        atString = false;
        ended = false;
    }

    /**
     * Reads bytes up to the quote before a string, to the bracket that closes the document, or to {@code to}.
     *
     * @return the index of the first byte that was not read
     */
    int take(byte[] in, int from, int to) {
        atString = false;
        int next = from;
        while (next < to && !ended && !atString) {
            byte b = in[next++];
            state = switch (state) {
                case TOKENS -> token(b);
                case SLASH -> b == '/' ? State.LINE_COMMENT : b == '*' ? State.COMMENT : token(b);
                case LINE_COMMENT -> b == '\n' || b == '\r' ? State.TOKENS : State.LINE_COMMENT;
                case COMMENT -> b == '*' ? State.COMMENT_STAR : State.COMMENT;
                case COMMENT_STAR -> b == '/' ? State.TOKENS : b == '*' ? State.COMMENT_STAR : State.COMMENT;
            };
        }
        return next;
    }

    private State token(byte b) {
        switch (b) {
            case '{', '[' -> depth++;
            case '}', ']' -> ended = --depth <= 0;
            case '"', '\'' -> {
                quote = (char) b;
                atString = true;
            }
            default -> {}
        }
        return b == '/' ? State.SLASH : State.TOKENS;
    }

    /** Whether the last byte that was read is the quote before a string. */
    boolean isAtString() {
        return atString;
    }

    /** The quote around the string. */
    char quote() {
        return quote;
    }

    /** Whether the last byte that was read closed the document. */
    boolean isEnded() {
        return ended;
    }
}
