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
 * Decodes one base64 text that arrives in pieces. Accepts only the alphabet, whole groups of four, and padding at the
 * end with nothing after it; but white space anywhere, because some firmware wraps lines.
 *
 * <p>Whole pieces go to the JDK's decoder, because it is vectorised. A piece that it refuses is read byte by byte, to
 * remove white space or to find the damage. A damaged text is kept: without white space up to the damage, and as
 * received from there on. Decoded bytes are hashed while they are in the processor's cache. The result does not depend
 * on the pieces. Not thread-safe.
 */
public final class Base64Text {

    private static final Base64.Decoder DECODER = Base64.getDecoder();
    private static final int GROUP = 4;

    private final MessageDigest digest = Hash.newSha256();
    private final Pieces decoded = new Pieces();
    private final byte[] group = new byte[GROUP];
    private int groupLength;
    private int encodedLength;
    private boolean wrapped;
    private boolean padded;
    private @Nullable String lastGroup;
    private @Nullable String damage;
    private @Nullable Pieces damagedText;

    /** Decodes the next piece of the text. */
    public void append(byte[] text, int from, int to) {
        int next = from;
        if (groupLength > 0 && !wrapped && damagedText == null) {
            next = Math.min(to, from + GROUP - groupLength);
            appendByBytes(text, from, next);
        }
        if (damagedText != null) {
            damagedText.add(text, next, to);
            return;
        }
        int whole = next + ((to - next) & -GROUP);
        if (!wrapped && !padded && decode(text, next, whole)) {
            next = whole;
        }
        appendByBytes(text, next, to);
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

    /** Reads a piece that may contain white space or damage, or parts of groups. */
    private void appendByBytes(byte[] text, int from, int to) {
        byte[] stripped = Arrays.copyOf(group, groupLength + to - from);
        int length = groupLength;
        for (int next = from; next < to; next++) {
            if (Padding.isWhiteSpace(text[next])) {
                wrapped = true;
                continue;
            }
            String wrong = whatIsWrong(text[next], length, length == 0 ? padded : stripped[length - 1] == '=');
            if (wrong != null) {
                damaged(wrong, stripped, length, length);
                append(text, next, to);
                return;
            }
            stripped[length++] = text[next];
        }
        int whole = length & -GROUP;
        decode(stripped, 0, whole);
        groupLength = length - whole;
        System.arraycopy(stripped, whole, group, 0, groupLength);
    }

    private static @Nullable String whatIsWrong(byte b, int position, boolean afterPadding) {
        int inGroup = position % GROUP;
        if (afterPadding && (b != '=' || inGroup != GROUP - 1)) {
            return "text after its padding";
        }
        if (b == '=') {
            return inGroup < 2 ? "padding inside a group" : null;
        }
        boolean inAlphabet =
                (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '+' || b == '/';
        return inAlphabet ? null : "a character outside the alphabet";
    }

    /** Decodes whole groups. Returns false and does nothing if any is not base64. */
    private boolean decode(byte[] text, int from, int to) {
        if (from == to) {
            return true;
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
        digest.update(piece);
        decoded.add(piece);
        encodedLength += to - from;
        padded = text[to - 1] == '=';
        if (padded) {
            keepLastGroup(new String(text, to - GROUP, GROUP, StandardCharsets.US_ASCII), piece);
        }
        return true;
    }

    /** Decoding drops the last bits of a padded group. Some senders set them. */
    private void keepLastGroup(String sent, byte[] piece) {
        int length = sent.endsWith("==") ? 1 : 2;
        byte[] last = Arrays.copyOfRange(piece, piece.length - length, piece.length);
        lastGroup = Base64.getEncoder().encodeToString(last).equals(sent) ? null : sent;
    }

    /** Stops decoding and keeps the text instead: the decoded part, these characters, and all that follow. */
    private void damaged(String what, byte[] text, int length, int goodLength) {
        Pieces all = new Pieces();
        Queue<byte[]> pieces = decoded.drain();
        for (byte[] piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            byte[] encoded = Base64.getEncoder().encode(piece);
            if (lastGroup != null && pieces.isEmpty()) {
                System.arraycopy(
                        lastGroup.getBytes(StandardCharsets.US_ASCII), 0, encoded, encoded.length - GROUP, GROUP);
            }
            all.add(encoded);
        }
        damage = "base64 " + what + " after " + (all.length() + goodLength) + " characters";
        all.add(text, 0, length);
        damagedText = all;
        lastGroup = null;
        digest.reset();
        groupLength = 0;
    }

    /** Ends the text. An incomplete last group is damage. */
    public void end() {
        if (groupLength > 0) {
            damaged("group of " + groupLength + " (expected: 4)", group, groupLength, 0);
        }
    }

    /** Why the text cannot be decoded, or null. */
    @Nullable
    public String damage() {
        return damage;
    }

    /** Removes and returns the decoded bytes, or the text if it is damaged. */
    public byte[] takeBytes() {
        return (damagedText != null ? damagedText : decoded).takeAll();
    }

    /** The first of the decoded bytes, or of the text if it is damaged, up to a number of them. */
    byte[] first(int most) {
        return damagedText != null ? damagedText.first(most) : decoded.first(most);
    }

    /** The image whose text this is. Call it once, after {@link #end()}. */
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
