package io.framegate.wire.embedded;

import io.framegate.wire.Base64Alphabet;
import io.framegate.wire.Base64Text;
import io.framegate.wire.Padding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The pictures in one text, which arrives in pieces: one picture, or several in a row.
 *
 * <pre>
 * /9j/4AAQ...        one picture; the text of a named image need not begin as a picture
 * /9j/4A...==/9j/... padding, and then the beginning of a picture
 * /9j/4A...,/9j/...  also after ; or |, or after white space where a group is not whole
 * </pre>
 *
 * <p>Characters after a picture that begin no other picture are part of its text, which is then damaged. Separators
 * between pictures are dropped. The result does not depend on the pieces. Not thread-safe.
 */
final class PictureRun {

    /** A separator and the beginning of a picture after it are shorter. */
    private static final int MAX_BETWEEN = 512;

    private static final Set<String> LINE_ENDS =
            Set.of("&#13;", "&#10;", "&#9;", "&#xd;", "&#xa;", "&#x9;", "&#x0d;", "&#x0a;", "&#x09;");

    private static final int MAX_REFERENCE = 6;

    private final PacketDraft draft;
    private final PictureText beginning = new PictureText();
    private final ByteArrayOutputStream between = new ByteArrayOutputStream(0);
    private Base64Text text = new Base64Text();
    private int position = -1;
    private boolean separated;
    private boolean inReference;

    PictureRun(PacketDraft draft) {
        this.draft = draft;
    }

    /** Appends the next piece of the text. Skips white space before the text. */
    void append(byte[] in, int from, int to) {
        int at = from;
        while (position < 0 && at < to && Padding.isWhiteSpace(in[at])) {
            at++;
        }
        if (position < 0 && at < to) {
            position = draft.mark();
        }
        while (at < to) {
            at = inReference ? reference(in, at) : separated ? between(in, at) : picture(in, at, to);
        }
    }

    /** Appends characters that are not base64, such as markup. */
    void appendDamaged(byte[] in) {
        if (in.length > 0) {
            goOn();
            if (position < 0) {
                position = draft.mark();
            }
            text.appendDamaged(in);
        }
    }

    private int picture(byte[] in, int at, int to) {
        int next = text.isDamaged() ? at : text.appendWhole(in, at, to);
        if (next < to && !text.isDamaged() && in[next] == '&') {
            inReference = true;
            return next;
        }
        if (next < to && (text.isDamaged() || !mayFollow(in[next]))) {
            text.append(in, next, to);
            return to;
        }
        separated = next < to;
        if (separated) {
            beginning.begin();
        }
        return next;
    }

    /** After padding or an incomplete group, another picture may follow without a separator. */
    private static boolean mayFollow(byte b) {
        return isSeparator(b) || Padding.isWhiteSpace(b) || Base64Alphabet.contains(b);
    }

    private static boolean isSeparator(byte b) {
        return b == ',' || b == ';' || b == '|';
    }

    private int between(byte[] in, int at) {
        byte b = in[at];
        between.write(b);
        boolean separator = isSeparator(b) && !beginning.hasBegun();
        PictureText.Verdict verdict = separator ? PictureText.Verdict.MORE : beginning.take(b, 1);
        if (verdict == PictureText.Verdict.YES && !draft.isFull()) {
            next();
        } else if (verdict != PictureText.Verdict.MORE || between.size() > MAX_BETWEEN) {
            goOn();
        }
        return at + 1;
    }

    /** XML libraries write a line end as a character reference where a plain line end would not be preserved. */
    private int reference(byte[] in, int at) {
        between.write(in[at]);
        boolean ended = in[at] == ';';
        if (ended
                && LINE_ENDS.contains(
                        between.toString(StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT))) {
            between.reset();
            inReference = false;
        } else if (ended || between.size() == MAX_REFERENCE) {
            goOn();
        }
        return at + 1;
    }

    /** Ends the picture and begins the next one. */
    private void next() {
        byte[] dataUrl = beginning.dataUrl();
        byte[] characters = beginning.characters();
        between.reset();
        separated = false;
        endPicture();
        draft.document(dataUrl, 0, dataUrl.length);
        text = new Base64Text();
        position = draft.mark();
        text.append(characters, 0, characters.length);
    }

    /** Adds the characters after the picture to its text. */
    private void goOn() {
        if (separated || inReference) {
            separated = false;
            inReference = false;
            byte[] all = between.toByteArray();
            between.reset();
            text.append(all, 0, all.length);
        }
    }

    /** Ends the text. Separators may stand at its end. */
    void end() {
        if (inReference || beginning.hasBegun()) {
            goOn();
        }
        if (position >= 0) {
            endPicture();
        }
    }

    private void endPicture() {
        text.end();
        draft.add(text.image(position));
    }

    int heldBytes() {
        return text.heldBytes() + between.size();
    }
}
