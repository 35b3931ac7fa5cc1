package io.framegate.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resolves character references and the predefined entities of XML. Other entities stay unchanged. Stateless. */
final class XmlEntities {

    private static final Map<String, String> PREDEFINED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    /** The longest name, without {@code &} and {@code ;}, is {@code #x10FFFF}. */
    private static final int MAX_NAME = 8;

    private XmlEntities() {}

    /** The text from {@code start} to {@code end}, at most about {@code maxLength} characters of it. */
    static String resolve(String text, int start, int end, int maxLength) {
        StringBuilder resolved = new StringBuilder(Math.min(end - start, maxLength));
        int position = start;
        while (position < end && resolved.length() < maxLength) {
            char c = text.charAt(position++);
            int semicolon = c == '&' ? semicolon(text, position, end) : -1;
            String character = semicolon < 0 ? null : character(text.substring(position, semicolon));
            if (character == null) {
                resolved.append(c);
            } else {
                resolved.append(character);
                position = semicolon + 1;
            }
        }
        return resolved.toString();
    }

    private static int semicolon(String text, int start, int end) {
        for (int position = start; position < Math.min(end, start + MAX_NAME + 1); position++) {
            if (text.charAt(position) == ';') {
                return position;
            }
        }
        return -1;
    }

    private static @Nullable String character(String name) {
        if (!name.startsWith("#")) {
            return PREDEFINED.get(name);
        }
        boolean hexadecimal = name.startsWith("#x");
        int radix = hexadecimal ? 16 : 10;
        int codePoint = 0;
        for (int index = hexadecimal ? 2 : 1; index < name.length(); index++) {
            char c = name.charAt(index);
            // At most seven digits: no overflow.
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return null;
            }
            codePoint = codePoint * radix + digit;
        }
        return codePoint == 0 || !Character.isValidCodePoint(codePoint) ? null : Character.toString(codePoint);
    }
}
