package io.framegate.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one base64 text that arrives in pieces, strictly: only the alphabet, padding at the end and nothing after it,
 * whole groups of four. White space anywhere is allowed, because some firmware wraps lines.
 *
 * <p>The JDK's decoder does the work on whole pieces, because it is vectorised; a piece it refuses is stripped of white
 * space and tried again. Text that stays damaged is kept as it was received. Decoded bytes are hashed while they are in the
 * processor's cache. Not thread-safe.
 */
final class Base64Text {

    private static final Base64.Decoder DECODER = Base64.getDecoder();

    private final MessageDigest digest;
    private final List<byte[]> decoded = new ArrayList<>();
    private final byte[] group = new byte[4];
    private int groupLength;
    private int decodedLength;
    private int encodedLength;
    private boolean wrapped;
    private boolean padded;
    private @Nullable String damage;
    private @Nullable ByteArrayOutputStream damagedText;

    /** A text whose decoded bytes go through this digest. */
    Base64Text(MessageDigest digest) {
        this.digest = digest;
        digest.reset();
    }

    /**
     * Takes the next piece of the text, up to the first {@code <}, which base64 never has.
     *
     * @return where the piece ended
     */
    int append(byte[] text, int from, int to) {
        if (damagedText != null) {
            int end = beforeMarkup(text, from, to);
            damagedText.write(text, from, end - from);
            return end;
        }
        int next = from;
        if (groupLength > 0 && !wrapped) {
            int end = Math.min(to, from + group.length - groupLength);
            next = appendWrapped(text, from, end);
            if (next < end || damagedText != null) {
                return next < end ? next : append(text, next, to);
            }
        }
        int whole = next + ((to - next) & ~3);
        return !wrapped && decode(text, next, whole) ? appendWrapped(text, whole, to) : appendWrapped(text, next, to);
    }

    /** Takes text that is damaged for holding markup. */
    void appendDamaged(byte[] text) {
        if (damagedText == null) {
            damaged("a character outside the alphabet", text, 0, text.length);
        } else {
            damagedText.writeBytes(text);
        }
    }

    private static int beforeMarkup(byte[] text, int from, int to) {
        int end = from;
        while (end < to && text[end] != '<') {
            end++;
        }
        return end;
    }

    /** For a piece that may hold white space, is too short to hold a group, or goes on with one. */
    private int appendWrapped(byte[] text, int from, int to) {
        byte[] stripped = new byte[groupLength + to - from];
        System.arraycopy(group, 0, stripped, 0, groupLength);
        int length = groupLength;
        int next = from;
        for (; next < to && text[next] != '<'; next++) {
            if (!isWhiteSpace(text[next])) {
                stripped[length++] = text[next];
            }
        }
        wrapped |= length < groupLength + next - from;
        int whole = length & ~3;
        if (!decode(stripped, 0, whole)) {
            damaged(padded ? "text after its padding" : "a character outside the alphabet", stripped, 0, length);
        } else if (padded && length > whole) {
            damaged("text after its padding", stripped, whole, length);
        } else {
            groupLength = length - whole;
            System.arraycopy(stripped, whole, group, 0, groupLength);
        }
        return next;
    }

    private boolean decode(byte[] text, int from, int to) {
        if (from == to) {
            return true;
        }
        if (padded) {
            return false;
        }
        byte[] piece;
        try {
            ByteBuffer result = DECODER.decode(ByteBuffer.wrap(text, from, to - from));
            piece = result.limit() == result.array().length
                    ? result.array()
                    : Arrays.copyOf(result.array(), result.limit());
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        decoded.add(piece);
        digest.update(piece);
        decodedLength += piece.length;
        encodedLength += to - from;
        padded = text[to - 1] == '=';
        return true;
    }

    private void damaged(String what, byte[] text, int from, int to) {
        byte[] received = Base64.getEncoder().encode(joined());
        damage = "base64 " + what + " after " + received.length + " characters";
        ByteArrayOutputStream all = new ByteArrayOutputStream(received.length + to - from);
        all.writeBytes(received);
        all.write(text, from, to - from);
        damagedText = all;
        decoded.clear();
        digest.reset();
        decodedLength = 0;
        groupLength = 0;
    }

    /** Ends the text. */
    void end() {
        if (damagedText == null && groupLength > 0) {
            int rest = groupLength;
            damaged("group of " + rest + " (expected: 4)", group.clone(), 0, rest);
        }
    }

    /** Why the text cannot be decoded, or null as long as it can. */
    @Nullable
    String damage() {
        return damage;
    }

    /** The decoded bytes; the text as received if it is damaged. */
    byte[] bytes() {
        return damagedText != null ? damagedText.toByteArray() : joined();
    }

    private byte[] joined() {
        byte[] all = new byte[decodedLength];
        int length = 0;
        for (byte[] piece : decoded) {
            System.arraycopy(piece, 0, all, length, piece.length);
            length += piece.length;
        }
        return all;
    }

    /** SHA-256 of {@link #bytes()}, once the text has ended. */
    byte[] sha256() {
        return damagedText != null ? digest.digest(damagedText.toByteArray()) : digest.digest();
    }

    /** Characters taken so far, without white space. */
    int encodedLength() {
        return damagedText != null ? damagedText.size() : encodedLength + groupLength;
    }

    /** Bytes of memory held. */
    int heldBytes() {
        return damagedText != null ? damagedText.size() : decodedLength;
    }

    static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
