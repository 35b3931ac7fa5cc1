package io.framegate.event;

import java.util.HexFormat;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves character references and the predefined entities of XML. Other entities stay unchanged. Stateless. */
final class XmlEntities {

    private static final Map<String, String> PREDEFINED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    /** A name, or a number with at most the digits of the highest code point. */
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");

    /** The maximum length of a reference, which stands for at least one character. */
    private static final int MAX_REFERENCE = 10;

    private XmlEntities() {}

    /** The text from {@code start} to {@code end}, at most {@code maxLength} characters of it. */
    static String resolve(String text, int start, int end, int maxLength) {
        String read = text.substring(start, Math.min(end, start + MAX_REFERENCE * maxLength));
        String resolved = REFERENCE.matcher(read).replaceAll(found -> Matcher.quoteReplacement(character(found)));
        return resolved.substring(0, Math.min(resolved.length(), maxLength));
    }

    private static String character(MatchResult found) {
        String name = found.group(1);
        if (name != null) {
            return PREDEFINED.getOrDefault(name, name);
        }
        int codePoint = found.group(2) == null
                ? HexFormat.fromHexDigits(found.group(3))
                : AsciiDigits.parseInt(found.group(2), 0);
        return codePoint == 0 || !Character.isValidCodePoint(codePoint) ? found.group() : Character.toString(codePoint);
    }
}
