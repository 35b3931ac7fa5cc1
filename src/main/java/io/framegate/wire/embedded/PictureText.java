package io.framegate.wire.embedded;

import io.framegate.wire.Base64Alphabet;
import io.framegate.wire.Padding;
import io.framegate.wire.PictureStart;
import io.framegate.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * The rule that recognises a base64 picture at the beginning of a text. Reads the text character by character until the
 * rule decides.
 *
 * <pre>
 * /9j/       JPEG                SUkqA      TIFF, also TU0AK
 * iVBOR      PNG                 AAAA       AVIF, HEIC, JPEG XL, JPEG 2000: a box
 * R0lGOD     GIF                 /0//UQ     JPEG 2000 without boxes
 * UklGR      WebP
 * Qk         BMP, with zeros where the format reserves bytes
 * </pre>
 *
 * <p>The characters are decoded, and {@link PictureStart} decides. White space and {@code data:image/jpeg;base64,} may
 * stand before them, and line ends between them. After {@code data:image/} every base64 text is a picture, because the
 * sender calls it one. Twelve bytes decide, and no picture is shorter: a short text or a sentence that only begins like
 * a picture stays a text. Not thread-safe.
 */
public final class PictureText {

    /** The decision after the characters so far. */
    public enum Verdict {
        /** More characters are needed. */
        MORE,
        /** The text is a picture. */
        YES,
        /** The text is not a picture. */
        NO
    }

    private enum State {
        BEFORE,
        DATA_URL,
        BASE64,
        DECIDED
    }

    private static final int ENOUGH = 16;
    private static final int MAX_DATA_URL = 128;
    private static final String SCHEME = "data:";
    private static final String ENCODING = ";base64";

    /** The first characters of all pictures, in both alphabets. */
    private static final String FIRST = "/_iRUQSTA";

    private final byte[] characters = new byte[ENOUGH];
    private final StringBuilder dataUrl = new StringBuilder(0);
    private State state = State.DECIDED;
    private int length;
    private int sentLength;
    private boolean calledPicture;

    /** Begins a text. */
    public void begin() {
        state = State.BEFORE;
        dataUrl.setLength(0);
        length = 0;
        sentLength = 0;
        calledPicture = false;
    }

    /** Ends a text, if one has begun. */
    public void end() {
        state = State.DECIDED;
    }

    /** Whether a text has begun that is not decided yet. */
    public boolean isUndecided() {
        return state != State.DECIDED;
    }

    /**
     * Reads the next character of an undecided text.
     *
     * @param sent the number of bytes that the sender wrote for it, including escapes
     */
    public Verdict take(byte b, int sent) {
        Verdict verdict =
                switch (state) {
                    case BEFORE -> before(b, sent);
                    case DATA_URL -> dataUrl(b);
                    case BASE64 -> base64(b, sent);
                    case DECIDED -> Verdict.NO;
                };
        if (verdict != Verdict.MORE) {
            state = State.DECIDED;
        }
        return verdict;
    }

    /** The characters of the picture so far, without white space and data URL. */
    public byte[] characters() {
        return Arrays.copyOf(characters, length);
    }

    /** The prefix of {@link #characters()}: {@code data:image/jpeg;base64,} or nothing. */
    byte[] dataUrl() {
        return dataUrl.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether anything but white space was read. */
    boolean hasBegun() {
        return length > 0 || dataUrl.length() > 0;
    }

    /** The number of bytes that the sender wrote for {@link #characters()}. */
    public int sentLength() {
        return sentLength;
    }

    private Verdict before(byte b, int sent) {
        if (Padding.isWhiteSpace(b)) {
            return Verdict.MORE;
        }
        if (b == 'd' || b == 'D') {
            state = State.DATA_URL;
            return dataUrl(b);
        }
        if (FIRST.indexOf(b) < 0) {
            return Verdict.NO;
        }
        state = State.BASE64;
        return base64(b, sent);
    }

    private Verdict dataUrl(byte b) {
        if (b != ',') {
            dataUrl.append((char) (b & 0xFF));
            int compared = Math.min(dataUrl.length(), SCHEME.length());
            boolean scheme = dataUrl.substring(0, compared).equalsIgnoreCase(SCHEME.substring(0, compared));
            return scheme && b > ' ' && dataUrl.length() <= MAX_DATA_URL ? Verdict.MORE : Verdict.NO;
        }
        String url = dataUrl.toString().toLowerCase(Locale.ROOT);
        dataUrl.append(',');
        if (!url.startsWith(SCHEME) || !url.endsWith(ENCODING)) {
            return Verdict.NO;
        }
        calledPicture = url.startsWith(SCHEME + "image/");
        state = State.BASE64;
        return Verdict.MORE;
    }

    private Verdict base64(byte b, int sent) {
        if (Padding.isWhiteSpace(b) && (b != ' ' || length == 0)) {
            sentLength += length > 0 ? sent : 0;
            return Verdict.MORE;
        }
        if (!Base64Alphabet.contains(b)) {
            return Verdict.NO;
        }
        characters[length++] = b;
        sentLength += sent;
        if (length < ENOUGH) {
            return Verdict.MORE;
        }
        return calledPicture || isPicture(decoded()) ? Verdict.YES : Verdict.NO;
    }

    private byte[] decoded() {
        byte[] standard = characters();
        for (int i = 0; i < standard.length; i++) {
            standard[i] = Base64Alphabet.standard(standard[i]);
        }
        return Base64.getDecoder().decode(standard);
    }

    private static boolean isPicture(byte[] first) {
        if (PictureStart.match(first, 0, first.length, false) != WireFormat.Match.YES) {
            return false;
        }
        // A JPEG also needs its next marker, because a few characters of any text may decode to FF D8.
        boolean jpeg = first[0] == (byte) 0xFF && first[1] != 'O';
        int marker = PictureStart.fillBytes(first, 0, first.length) + 2;
        return !jpeg || marker >= first.length || first[marker] == (byte) 0xFF;
    }
}
