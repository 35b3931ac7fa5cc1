package io.framegate.event;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that replaces an image in a packet's document: {@code image:0}. The prefix of a data URL stays before it:
 * {@code data:image/jpeg;base64,image:0}. Several images in one text become several marks: {@code image:0image:1}.
 * Letters, digits and a colon need no escape in XML or JSON. Stateless.
 */
public final class ImageMark {

    private static final String PREFIX = "image:";
    private static final Pattern MARK = Pattern.compile("(?i:data:[^,]{0,128},)?" + PREFIX + "([0-9]{1,9})");

    private ImageMark() {}

    /** The mark of the image with this number. */
    public static String of(int number) {
        return PREFIX + number;
    }

    /** The numbers of the images that this text replaces; empty for any other text. */
    static List<Integer> numbers(String text) {
        if (!text.contains(PREFIX)) {
            return List.of();
        }
        List<Integer> numbers = new ArrayList<>(1);
        String marks = text.strip();
        Matcher mark = MARK.matcher(marks);
        int end = 0;
        while (end < marks.length()) {
            mark.region(end, marks.length());
            if (!mark.lookingAt()) {
                return List.of();
            }
            numbers.add(AsciiDigits.parseInt(mark.group(1), -1));
            end = mark.end();
        }
        return numbers;
    }
}
