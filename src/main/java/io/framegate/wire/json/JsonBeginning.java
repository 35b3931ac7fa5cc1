package io.framegate.wire.json;

import io.framegate.wire.Padding;
import io.framegate.wire.embedded.DocumentBeginning;
import java.util.Arrays;

/**
 * The beginning of a JSON document. Among unreadable bytes only an object with a first name is a beginning:
 * <code>{"name":</code>, in at most 64 bytes. White space, commas, and the marks of {@code #name#{...}$$} may stand
 * between documents.
 */
final class JsonBeginning implements DocumentBeginning {

    private static final int MAX_LENGTH = 64;
    private static final byte RECORD_SEPARATOR = 0x1E;

    private final byte[] bytes = new byte[MAX_LENGTH];
    private int length;
    private int quotes;
    private boolean complete;

    static boolean isBracket(byte b) {
        return b == '{' || b == '[';
    }

    @Override
    public String expected() {
        return "{ or [ of a JSON document";
    }

    @Override
    public boolean isBetween(byte b) {
        return Padding.isBetweenPackets(b) || b == ',' || b == '$' || b == RECORD_SEPARATOR;
    }

    @Override
    public boolean begins(byte b) {
        return isBracket(b) || b == '#';
    }

    @Override
    public char first() {
        return '{';
    }

    @Override
    public void appendOrStartOver(byte b) {
        if (b == '{' || length == MAX_LENGTH || !continues(b)) {
            clear();
        }
        if (b == '{' || length > 0) {
            bytes[length++] = b;
            quotes += b == '"' ? 1 : 0;
            complete = b == ':' && quotes == 2;
        }
    }

    private boolean continues(byte b) {
        return switch (quotes) {
            case 0 -> b == '"' || Padding.isWhiteSpace(b);
            case 1 -> (b < 0 || b >= ' ') && b != '\\';
            default -> b == ':' || Padding.isWhiteSpace(b);
        };
    }

    @Override
    public boolean isEmpty() {
        return length == 0;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public void clear() {
        length = 0;
        quotes = 0;
        complete = false;
    }
}
