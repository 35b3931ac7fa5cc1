package io.framegate.wire;

/** The characters of base64, in the standard and the URL-safe alphabet (RFC 4648, 4 and 5). */
public final class Base64Alphabet {

    private Base64Alphabet() {}

    /** Whether the byte is a character of one of the alphabets. */
    public static boolean contains(byte b) {
        byte c = standard(b);
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    /** The equivalent character of the standard alphabet. */
    public static byte standard(byte b) {
        return b == '-' ? (byte) '+' : b == '_' ? (byte) '/' : b;
    }

    /** The same text in the URL-safe alphabet. */
    static byte[] urlSafe(byte[] text) {
        byte[] safe = text.clone();
        for (int i = 0; i < safe.length; i++) {
            safe[i] = safe[i] == '+' ? (byte) '-' : safe[i] == '/' ? (byte) '_' : safe[i];
        }
        return safe;
    }
}
