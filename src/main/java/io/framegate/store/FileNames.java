package io.framegate.store;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes safe file names from text that a peer may have chosen. No name leaves the images directory or has a special
 * meaning for a shell, an FTP server or another operating system.
 *
 * <pre>
 * AA:BB:CC:DD:EE:FF   -> AA_BB_CC_DD_EE_FF          ../../etc/passwd    -> etc/passwd
 * 2001:db8::1         -> 2001_db8__1                C:\cam 1\x.jpg      -> C_/cam_1/x.jpg
 * nul                 -> _nul                       .framegate/counter  -> _framegate/counter
 * </pre>
 *
 * <p>The characters {@code A-Z a-z 0-9 . _ -} stay; every other character becomes {@code _}. Different texts may give
 * the same name: a unique name needs a number of {@link ImageCounter}. Thread-safe.
 */
public final class FileNames {

    /** The maximum length of a part of a name, in characters. */
    public static final int MAX_PART = 64;

    /**
     * The maximum length of a path, in characters. The usual systems allow at least 255, which leaves room for a
     * directory.
     */
    public static final int MAX_PATH = 240;

    private static final int MAX_SEGMENT = 120;
    private static final int KEPT_END = 40;
    private static final String UNKNOWN = "unknown";

    /** Names of devices on Windows, with any extension and in any case. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|(com|lpt)[0-9])(\\..*)?");

    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    private FileNames() {}

    /**
     * Returns a safe part of a file name: at most {@value #MAX_PART} characters, without a dot or hyphen at the
     * beginning or a dot at the end, and not the name of a device. Returns {@code unknown} for a missing or blank text.
     */
    public static String safe(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return UNKNOWN;
        }
        return clean(text.length() <= MAX_PART ? text : text.substring(0, MAX_PART), MAX_PART);
    }

    /**
     * Returns a relative path of safe segments with {@code /} between them, of at most {@value #MAX_PATH} characters.
     * {@code \} separates segments too. Empty segments, {@code .} and {@code ..} are dropped. A long segment loses its
     * middle, because numbers are at either end and the extension is at the end. A path that is still too long loses
     * its innermost directories.
     */
    public static String safePath(@Nullable String path) {
        List<String> segments = segments(path == null ? "" : path);
        if (segments.isEmpty()) {
            return UNKNOWN;
        }
        String name = segments.get(segments.size() - 1);
        StringBuilder safe = new StringBuilder();
        for (String directory : segments.subList(0, segments.size() - 1)) {
            if (safe.length() + directory.length() + 1 + name.length() > MAX_PATH) {
                break;
            }
            safe.append(directory).append('/');
        }
        return safe.append(name).toString();
    }

    private static List<String> segments(String path) {
        return SEPARATOR
                .splitAsStream(path)
                .filter(segment -> !segment.isBlank() && !segment.equals(".") && !segment.equals(".."))
                .map(segment -> clean(shortened(segment), MAX_SEGMENT))
                .toList();
    }

    private static String shortened(String segment) {
        if (segment.length() <= MAX_SEGMENT) {
            return segment;
        }
        return segment.substring(0, MAX_SEGMENT - KEPT_END - 1) + "_" + segment.substring(segment.length() - KEPT_END);
    }

    private static String clean(String text, int limit) {
        StringBuilder name = new StringBuilder(text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            name.append(isSafe(c) ? c : '_');
        }
        if (name.charAt(0) == '.' || name.charAt(0) == '-') {
            name.setCharAt(0, '_');
        }
        if (DEVICE.matcher(name).matches()) {
            name.insert(0, '_');
            name.setLength(Math.min(name.length(), limit));
        }
        int last = name.length() - 1;
        if (name.charAt(last) == '.') {
            name.setCharAt(last, '_'); // Windows drops a last dot, so two names would be the same file.
        }
        return name.toString();
    }

    private static boolean isSafe(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
