package io.framegate.store;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Formats a time for file names, {@code 20260329_095821}, and its day for directories, {@code 2026/03/29}. Thread-safe
 * once configured.
 */
public final class Stamp {

    private static final DateTimeFormatter PATTERN = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT);

    private DateTimeFormatter format = PATTERN.withZone(ZoneId.systemDefault());
    private DateTimeFormatter dateFormat = DATE.withZone(ZoneId.systemDefault());

    /** Sets the time zone; {@code system} is the zone of this machine. */
    public void setZone(String zone) {
        ZoneId id = zone(zone);
        format = PATTERN.withZone(id);
        dateFormat = DATE.withZone(id);
    }

    /** The zone of this name; {@code system} is the zone of this machine. */
    public static ZoneId zone(String zone) {
        return "system".equals(zone) ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    public String of(Instant time) {
        return format.format(time);
    }

    public String dateOf(Instant time) {
        return dateFormat.format(time);
    }
}
