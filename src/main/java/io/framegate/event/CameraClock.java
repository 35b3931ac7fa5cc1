package io.framegate.event;

import io.framegate.event.DocumentFields.Found;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the capture time from all times in a document. A UTC epoch or a time with a zone has priority over a local
 * time, at any depth.
 *
 * <p>The zone of a local time is the first known one of:
 *
 * <pre>
 * the zone that the operator configured for the camera
 * the document's TimeZone: an offset, or Dahua's index of one, plus one hour with DSTTune. The index has no daylight
 *     saving time, so the gateway's zone replaces it if both have the same standard offset
 * the gateway's zone
 * </pre>
 *
 * <p>Stateless.
 */
final class CameraClock {

    /** Dahua's zones by index, in minutes: after +13:00 come the zones west of Greenwich. */
    private static final List<Integer> DAHUA_MINUTES = List.of(
            0, 60, 120, 180, 210, 240, 270, 300, 330, 345, 360, 390, 420, 480, 540, 570, 600, 660, 720, 780, -60, -120,
            -180, -210, -240, -300, -360, -420, -480, -540, -600, -660, -720);

    /** A time and the text that contains it. */
    record Reading(Instant time, Found found) {}

    /**
     * The zones that the operator configured.
     *
     * @param ofCamera the zone of the camera, or null
     */
    record LocalZones(@Nullable ZoneId ofCamera, ZoneId ofGateway) {}

    private CameraClock() {}

    /**
     * The capture time, or null if the document contains no possible time.
     *
     * @param dialect decides the meaning of a number as time zone
     */
    static @Nullable Reading read(DocumentFields fields, Dialect dialect, LocalZones zones, Instant receivedAt) {
        List<Found> times = fields.all(FieldNames.TIME);
        for (Found found : times) {
            Instant time = CaptureTime.readWithZone(found.text(), receivedAt);
            if (time != null) {
                return new Reading(withMillis(time, found), found);
            }
        }
        for (Found found : times) {
            ZoneId own = zones.ofCamera();
            ZoneId local = own != null ? own : documentsZone(fields, dialect, zones.ofGateway(), receivedAt);
            Instant time = CaptureTime.readLocal(found.text(), local, receivedAt);
            if (time != null) {
                return new Reading(time, found);
            }
        }
        return null;
    }

    /** Dahua writes the milliseconds of {@code UTC} in a separate element beside it. */
    private static Instant withMillis(Instant time, Found found) {
        if (!found.isNamed("UTC") && !found.isNamed("RealUTC")) {
            return time;
        }
        long millis = AsciiDigits.parse(DocumentTree.text(found.block(), "UTCMS"));
        boolean fits = millis >= 0 && millis < 1000 && time.equals(time.truncatedTo(ChronoUnit.SECONDS));
        return fits ? time.with(ChronoField.MILLI_OF_SECOND, millis) : time;
    }

    private static ZoneId documentsZone(DocumentFields fields, Dialect dialect, ZoneId zone, Instant receivedAt) {
        String text = fields.text(FieldNames.TIME_ZONE);
        int index = AsciiDigits.parseInt(text, -1);
        if (index < 0) {
            return offset(text, zone);
        }
        if (dialect != Dialect.DAHUA || index >= DAHUA_MINUTES.size()) {
            return zone;
        }
        ZoneOffset standard = ZoneOffset.ofTotalSeconds(DAHUA_MINUTES.get(index) * 60);
        if (fields.text(FieldNames.DAYLIGHT).equals("1")) {
            return ZoneOffset.ofTotalSeconds(standard.getTotalSeconds() + 3600);
        }
        return zone.getRules().getStandardOffset(receivedAt).equals(standard) ? zone : standard;
    }

    private static ZoneId offset(String text, ZoneId zone) {
        try {
            return text.isEmpty() ? zone : ZoneId.of(text);
        } catch (DateTimeException e) {
            return zone;
        }
    }
}
