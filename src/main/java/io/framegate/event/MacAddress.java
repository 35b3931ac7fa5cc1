package io.framegate.event;

import org.jspecify.annotations.Nullable;

/** Reads MAC addresses in all usual notations. Stateless. */
public final class MacAddress {

    private static final int HEX_DIGITS = 12;
    private static final String NONE = "00:00:00:00:00:00";

    private MacAddress() {}

    /**
     * The address as {@code AA:BB:CC:DD:EE:FF}, or null if the text is no address. An address is six pairs of
     * hexadecimal digits, with {@code :} or {@code -} between all pairs or without separators. All zeros are null too,
     * because devices that do not know their address send them, and these devices would share one id.
     */
    public static @Nullable String normalised(String text) {
        boolean separated = text.length() == HEX_DIGITS + 5;
        if (!separated && text.length() != HEX_DIGITS) {
            return null;
        }
        StringBuilder address = new StringBuilder(HEX_DIGITS + 5);
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if (separated && index % 3 == 2) {
                if (c != text.charAt(2) || (c != ':' && c != '-')) {
                    return null;
                }
                continue;
            }
            if (!isHexDigit(c)) {
                return null;
            }
            if (address.length() % 3 == 2) {
                address.append(':');
            }
            address.append(c >= 'a' ? (char) (c - 'a' + 'A') : c);
        }
        return address.toString().equals(NONE) ? null : address.toString();
    }

    /** {@code Character.digit} would accept full-width digits too. */
    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    }
}
