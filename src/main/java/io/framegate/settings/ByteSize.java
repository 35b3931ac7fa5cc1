package io.framegate.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as operators write them: {@code 4096}, {@code 256KB}, {@code 16MB}, {@code 1GB}; a KB is 1024 bytes. */
public final class ByteSize {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}) ?(B|KB|MB|GB|TB)?");
    private static final Pattern PART = Pattern.compile("([0-9]{1,3}) ?%");

    private ByteSize() {}

    public static long parse(String size) {
        Matcher matcher = SIZE.matcher(size.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("size: " + size + " (expected: a number with KB, MB or GB, like 16MB)");
        }
        int power =
                matcher.group(2) == null ? 0 : "BKMGT".indexOf(matcher.group(2).charAt(0));
        long number = Numbers.parse(matcher.group(1));
        if (number > Long.MAX_VALUE >> (10 * power)) {
            throw new IllegalArgumentException("size: " + size + " (expected: less than 8388608TB)");
        }
        return number << (10 * power);
    }

    /** Reads a size that must fit into an array. */
    public static int parseInt(String size) {
        long bytes = parse(size);
        if (bytes < 1 || bytes > 1 << 30) {
            throw new IllegalArgumentException("size: " + size + " (expected: 1 byte to 1GB)");
        }
        return (int) bytes;
    }

    /** Reads a size, or a part of the whole: {@code 25%}. */
    public static long parseOrPartOf(String size, long whole) {
        String text = size.strip();
        if (!text.endsWith("%")) {
            return parse(text);
        }
        Matcher part = PART.matcher(text);
        long percent = part.matches() ? Numbers.parse(part.group(1)) : 0;
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("size: " + size + " (expected: 1% to 100%)");
        }
        return whole / 100 * percent;
    }
}
