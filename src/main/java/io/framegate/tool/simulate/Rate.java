package io.framegate.tool.simulate;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rate of packets of a camera: {@code 2/s}, {@code 0.5/s}, {@code 30/m}, or {@code max}, as fast as the gateway
 * accepts them.
 *
 * @param intervalNanos the time from packet to packet; 0 for {@code max}
 */
record Rate(long intervalNanos) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?)/(s|m|h)");
    private static final Map<String, TimeUnit> UNITS =
            Map.of("s", TimeUnit.SECONDS, "m", TimeUnit.MINUTES, "h", TimeUnit.HOURS);

    static Rate parse(String text) {
        if (text.equals("max")) {
            return new Rate(0);
        }
        Matcher matcher = TEXT.matcher(text);
        TimeUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        double number = unit == null ? 0 : Double.parseDouble(matcher.group(1));
        if (unit == null || number <= 0) {
            throw new IllegalArgumentException("--rate: " + text + " (expected: like 2/s, 30/m or max)");
        }
        return new Rate(Math.max(1, (long) (unit.toNanos(1) / number)));
    }

    boolean isMax() {
        return intervalNanos == 0;
    }
}
