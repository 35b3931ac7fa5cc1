package io.framegate.route;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Writes times as file names have them, {@code 20260329_095821}. Thread-safe once configured. */
final class Stamp {

    private static final DateTimeFormatter PATTERN = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");

    private DateTimeFormatter format = PATTERN.withZone(ZoneId.systemDefault());

    void setZone(String zone) {
        format = PATTERN.withZone("system".equals(zone) ? ZoneId.systemDefault() : ZoneId.of(zone));
    }

    String of(Instant time) {
        return format.format(time);
    }
}
