package io.framegate.tool.send;

import io.framegate.event.AsciiDigits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of every frame.
 *
 * @param width in pixels; 0 keeps the size of each picture
 * @param height in pixels; 0 if the width is 0
 */
record FrameSize(int width, int height) {

    static final FrameSize ORIGINAL = new FrameSize(0, 0);

    private static final int MAX_PIXELS = 50_000_000;
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

    /** Reads {@code 480x315} or {@code original}. */
    static FrameSize of(String text) {
        if (text.equals("original")) {
            return ORIGINAL;
        }
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("size: " + text + " (expected: as 480x315, or original)");
        }
        FrameSize read =
                new FrameSize(AsciiDigits.parseInt(size.group(1), -1), AsciiDigits.parseInt(size.group(2), -1));
        if ((long) read.width * read.height > MAX_PIXELS) {
            throw new IllegalArgumentException("size: " + text + " (expected: at most " + MAX_PIXELS + " pixels)");
        }
        return read;
    }

    boolean isOriginal() {
        return width == 0;
    }
}
