package io.framegate.wire;

import io.framegate.event.PacketImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one base64 text that arrives in pieces. Accepts the standard or the URL-safe alphabet (RFC 4648, 4 and 5),
 * optional padding with nothing after it, and white space anywhere, because some firmware wraps lines. A text that
 * mixes the alphabets is damaged, because it could not be kept as received.
 *
 * <p>Whole pieces go to the JDK's decoder, because it is vectorised. A piece that it refuses is read byte by byte, to
 * remove white space or to find the damage. A damaged text is kept: without white space up to the damage, and as
 * received from there on. Decoded bytes are hashed while they are in the processor's cache. The result does not depend
 * on the pieces. Not thread-safe.
 */
public final class Base64Text {

    private static final Base64.Decoder DECODER = Base64.getDecoder();
    private static final Base64.Decoder URL_DECODER = Base64.getUrlDecoder();
    private static final int GROUP = 4;

    private final MessageDigest digest = Hash.newSha256();
    private final Pieces decoded = new Pieces();
    private final byte[] group = new byte[GROUP];
    private int groupLength;
    private int encodedLength;
    private boolean wrapped;
    private boolean padded;
    private boolean standard;
    private boolean urlSafe;
    private @Nullable String lastGroup;
    private @Nullable String damage;
    private @Nullable Pieces damagedText;

    /** Decodes the next piece of the text. */
    public void append(byte[] text, int from, int to) {
        int next = damagedText == null ? appendWhole(text, from, to, false) : from;
        if (next == to) {
            return;
        }
        if (damagedText == null) {
            damaged(String.valueOf(whatIsWrong(text[next])), group, groupLength, groupLength);
        }
        if (damagedText != null) {
            damagedText.add(text, next, to);
        }
    }

    /**
     * Decodes the next piece of the text up to a place where it may end.
     *
     * @return the index of the first byte that would be damage, or of white space after two or three characters of a
     *     group, or {@code to}
     */
    public int appendWhole(byte[] text, int from, int to) {
        return appendWhole(text, from, to, true);
    }

    private int appendWhole(byte[] text, int from, int to, boolean mayEnd) {
        int next = from;
        if (groupLength > 0 && !wrapped) {
            int end = Math.min(to, from + GROUP - groupLength);
            next = appendByBytes(text, from, end, mayEnd);
            if (next < end) {
                return next;
            }
        }
        int whole = next + ((to - next) & -GROUP);
        if (!wrapped && !padded && decode(urlSafe ? URL_DECODER : DECODER, text, next, whole)) {
            keepAlphabet(text, next, whole);
            next = whole;
        }
        return appendByBytes(text, next, to, mayEnd);
    }

    /** Finds the first character of the text that only one alphabet contains. */
    private void keepAlphabet(byte[] text, int from, int to) {
        for (int i = from; i < to && !standard && !urlSafe; i++) {
            keepAlphabet(text[i]);
        }
    }

    private void keepAlphabet(byte b) {
        standard |= b == '+' || b == '/';
        urlSafe |= b == '-' || b == '_';
    }

    /** Appends characters that are not base64, such as markup. */
    public void appendDamaged(byte[] text) {
        if (damagedText == null) {
            damaged("a character outside the alphabet", group, groupLength, groupLength);
        }
        if (damagedText != null) {
            damagedText.add(text, 0, text.length);
        }
    }

    /** Reads a piece that may contain white space or damage, parts of groups, or the URL-safe alphabet. */
    private int appendByBytes(byte[] text, int from, int to, boolean mayEnd) {
        byte[] stripped = Arrays.copyOf(group, groupLength + to - from);
        int length = groupLength;
        int next = from;
        for (; next < to; next++) {
            byte b = text[next];
            if (Padding.isWhiteSpace(b)) {
                if (mayEnd && length % GROUP > 1) {
                    break;
                }
                wrapped = true;
                continue;
            }
            if (whatIsWrong(b, length, length == 0 ? padded : stripped[length - 1] == '=') != null) {
                break;
            }
            keepAlphabet(b);
            stripped[length++] = Base64Alphabet.standard(b);
        }
        int whole = length & -GROUP;
        decode(DECODER, stripped, 0, whole);
        groupLength = length - whole;
        System.arraycopy(stripped, whole, group, 0, groupLength);
        return next;
    }

    /** The fault of the next character, or null. */
    private @Nullable String whatIsWrong(byte b) {
        return whatIsWrong(b, groupLength, groupLength == 0 ? padded : group[groupLength - 1] == '=');
    }

    private @Nullable String whatIsWrong(byte b, int position, boolean afterPadding) {
        int inGroup = position % GROUP;
        if (afterPadding && (b != '=' || inGroup != GROUP - 1)) {
            return "text after its padding";
        }
        if (b == '=') {
            return inGroup < 2 ? "padding inside a group" : null;
        }
        return isOfTheAlphabet(b) ? null : "a character outside the alphabet";
    }

    private boolean isOfTheAlphabet(byte b) {
        return switch (b) {
            case '-', '_' -> !standard;
            case '+', '/' -> !urlSafe;
            default -> Base64Alphabet.contains(b);
        };
    }

    /** Decodes whole groups. Returns false and does nothing if any is not base64. */
    private boolean decode(Base64.Decoder decoder, byte[] text, int from, int to) {
        if (from == to) {
            return true;
        }
        byte[] piece;
        try {
            ByteBuffer result = decoder.decode(ByteBuffer.wrap(text, from, to - from));
            piece = result.limit() == result.array().length
                    ? result.array()
                    : Arrays.copyOf(result.array(), result.limit());
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        digest.update(piece);
        decoded.add(piece);
        encodedLength += to - from;
        padded = text[to - 1] == '=';
        if (padded) {
            keepLastGroup(text, to - GROUP, piece);
        }
        return true;
    }

    /** Decoding drops the last bits of a padded group. Some senders set them. Kept in the standard alphabet. */
    private void keepLastGroup(byte[] text, int from, byte[] piece) {
        byte[] standard = new byte[GROUP];
        for (int i = 0; i < GROUP; i++) {
            standard[i] = Base64Alphabet.standard(text[from + i]);
        }
        String sent = new String(standard, StandardCharsets.US_ASCII);
        int length = sent.endsWith("==") ? 1 : 2;
        byte[] last = Arrays.copyOfRange(piece, piece.length - length, piece.length);
        lastGroup = Base64.getEncoder().encodeToString(last).equals(sent) ? null : sent;
    }

    /** Stops decoding and keeps the text instead: the decoded part, these characters, and all that follow. */
    private void damaged(String what, byte[] text, int length, int goodLength) {
        Pieces all = new Pieces();
        Queue<byte[]> pieces = decoded.drain();
        for (byte[] piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            byte[] encoded = (urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder()).encode(piece);
            if (lastGroup != null && pieces.isEmpty()) {
                byte[] last = lastGroup.getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(
                        urlSafe ? Base64Alphabet.urlSafe(last) : last, 0, encoded, encoded.length - GROUP, GROUP);
            }
            all.add(encoded);
        }
        damage = "base64 " + what + " after " + (all.length() + goodLength) + " characters";
        all.add(urlSafe ? Base64Alphabet.urlSafe(text) : text, 0, length);
        damagedText = all;
        lastGroup = null;
        digest.reset();
        groupLength = 0;
    }

    /** Ends the text. Its padding may be missing, wholly or in part. A last group of one character is damage. */
    public void end() {
        if (groupLength == 1) {
            damaged("group of 1 (expected: 4)", group, groupLength, 0);
        } else if (groupLength > 1) {
            String sent = new String(group, 0, groupLength, StandardCharsets.US_ASCII);
            int length = groupLength;
            Arrays.fill(group, length, GROUP, (byte) '=');
            groupLength = 0;
            decode(DECODER, group, 0, GROUP);
            encodedLength += length - GROUP;
            lastGroup = sent;
        }
    }

    /** Why the text cannot be decoded, or null. */
    @Nullable
    public String damage() {
        return damage;
    }

    /** Whether the text is damaged so far. */
    public boolean isDamaged() {
        return damage != null;
    }

    /** Removes and returns the decoded bytes, or the text if it is damaged. */
    public byte[] takeBytes() {
        return (damagedText != null ? damagedText : decoded).takeAll();
    }

    /** At most {@code most} of the first decoded bytes, or of the first bytes of the text if it is damaged. */
    byte[] first(int most) {
        return damagedText != null ? damagedText.first(most) : decoded.first(most);
    }

    /** Creates the image of this text. Call it once, after {@link #end()}. */
    public PacketImage image(int position) {
        String sha256 = HexFormat.of().formatHex(sha256());
        return new PacketImage(takeBytes(), sha256, encodedLength(), position, damage, null, lastGroup);
    }

    /** SHA-256 of {@link #takeBytes()}. Call it once, after {@link #end()} and before the bytes are taken. */
    public byte[] sha256() {
        if (damagedText != null) {
            damagedText.digest(digest);
        }
        return digest.digest();
    }

    /** The number of characters so far, without white space. */
    public int encodedLength() {
        return damagedText != null ? damagedText.length() : encodedLength + groupLength;
    }

    /** Bytes of memory held: the capacity of the arrays. */
    public int heldBytes() {
        return damagedText != null ? damagedText.capacity() : decoded.capacity();
    }
}
