package io.framegate.wire.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Finds the end of a document type declaration. Its internal subset nests brackets and declarations and may contain
 * quotes, comments and processing instructions, which may contain any of these. No declaration takes effect. Not
 * thread-safe.
 */
final class XmlDocumentType {

    private static final byte[] COMMENT_BEGIN = "<!--".getBytes(US_ASCII);
    private static final byte[] INSTRUCTION_BEGIN = "<?".getBytes(US_ASCII);

    private final TagName begun = new TagName();
    private int depth;
    private byte quote;
    private char fill;
    private int filled;

    /** Begins with the bytes after {@code <!}; returns whether the declaration ends with them. */
    boolean begins(TagName declared) {
        depth = 0;
        quote = 0;
        fill = 0;
        begun.clear();
        boolean ended = false;
        for (byte b : declared.toBytes()) {
            ended = endsWith(b);
        }
        return ended;
    }

    /** Reads the next byte; returns whether the declaration ends with it. */
    boolean endsWith(byte b) {
        if (fill != 0) {
            skip(b);
        } else if (quote != 0) {
            quote = b == quote ? 0 : quote;
        } else if (b == '>' && depth <= 0) {
            return true;
        } else {
            nest(b);
        }
        return false;
    }

    /** Inside a comment or a processing instruction. */
    private void skip(byte b) {
        int needed = fill == '-' ? 2 : 1;
        if (b == '>' && filled == needed) {
            fill = 0;
            depth--;
        }
        filled = b == fill ? Math.min(filled + 1, needed) : 0;
    }

    private void nest(byte b) {
        if (b == '"' || b == '\'') {
            quote = b;
        } else if (b == '[' || b == '<') {
            depth++;
        } else if (b == ']' || b == '>') {
            depth--;
        }
        if (b == '<') {
            begun.clear();
        }
        begun.add(b);
        if (begun.is(COMMENT_BEGIN) || begun.is(INSTRUCTION_BEGIN)) {
            fill = b == '?' ? '?' : '-';
            filled = 0;
        }
    }
}
