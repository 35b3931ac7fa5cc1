package io.framegate.event;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads MAC addresses in all usual notations. Stateless. */
public final class MacAddress {

    /** One separator, or none, between all pairs. {@code \p{XDigit}} matches no digits of other scripts. */
    private static final Pattern ADDRESS =
            Pattern.compile("\\p{XDigit}{2}([:-]?)(?:\\p{XDigit}{2}\\1){4}\\p{XDigit}{2}");

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();
    private static final String NONE = "00:00:00:00:00:00";

    private MacAddress() {}

    /**
     * The address as {@code AA:BB:CC:DD:EE:FF}, or null if the text is not an address. An address is six pairs of
     * hexadecimal digits, with {@code :} or {@code -} between all pairs or without separators. The result for all zeros
     * is null too, because devices that do not know their address send zeros, and these devices would share one id.
     */
    public static @Nullable String normalised(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return null;
        }
        String address =
                COLONS.formatHex(HexFormat.of().parseHex(text.replace(":", "").replace("-", "")));
        return address.equals(NONE) ? null : address;
    }
}
