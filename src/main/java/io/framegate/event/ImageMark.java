package io.framegate.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that stands in a packet's document in the place of an image: {@code image:0}. The prefix of a data URL stays
 * before it: {@code data:image/jpeg;base64,image:0}. Letters, digits and a colon mean the same in XML and in JSON.
 * Stateless.
 */
public final class ImageMark {

    private static final String PREFIX = "image:";
    private static final Pattern MARK = Pattern.compile("(?:data:[^,]*,)?" + PREFIX + "([0-9]{1,9})");

    private ImageMark() {}

    /** The mark of the image with this number. */
    public static String of(int number) {
        return PREFIX + number;
    }

    /** The number of the image in whose place this text stands, or -1. */
    static int number(String text) {
        if (!text.contains(PREFIX)) {
            return -1;
        }
        Matcher mark = MARK.matcher(text);
        return mark.matches() ? AsciiDigits.parseInt(mark.group(1), -1) : -1;
    }
}
