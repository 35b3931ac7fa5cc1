package io.framegate.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that makers use for the same field: the single table, documented in {@code src/docs/formats.md}. Names are
 * case-insensitive and match at any depth. The shallowest name counts; at the same depth, the first in its row.
 * Stateless.
 */
enum FieldNames {
    TIME(
            "currentTime",
            "dateTime",
            "RealUTC",
            "UTC",
            "AccurateTime",
            "SnapTime",
            "ShotTime",
            "PassTime",
            "CaptureTime",
            "capture_time",
            "epoch_start",
            "timestamp",
            "timestamp_ms",
            "time",
            "curTime",
            "created_at",
            "DataTime",
            "LocaleTime",
            "LocalTime",
            "EventTime",
            "event_time",
            "AlarmTime",
            "occurTime",
            "TriggerTime",
            "FaceAppearTime",
            "PersonAppearTime",
            "AppearTime",
            "MOD_TS"),
    /** Dahua's index of a zone, or an offset such as {@code +02:00}. */
    TIME_ZONE("TimeZone"),
    /** Dahua's flag for daylight saving time. */
    DAYLIGHT("DSTTune"),
    TYPE("smartType", "messageType", "eventType", "event_type", "Code", "data_type", "AlarmType", "event"),
    PLATE(
            Attributes.PLATE_NUMBER,
            "licensePlate",
            "PlateNo",
            "plate_number",
            "license_plate",
            "licensePlateNumber",
            "plateNum",
            "plate_num",
            "plate_no",
            "best_plate_number",
            "plate",
            "LPR"),
    MAC_ADDRESS("mac", "macAddress", "camera_mac", "mac_address", "device_mac", "PhysicalAddress"),
    CAMERA("DeviceID", "device_id", "cameraId", "camera_id", "ApeID", "camera", "camIP"),
    DEVICE_NAME("deviceName", "device_name", "camera_name", "cameraName", "channelName", "SrcName", "MachineName"),
    SERIAL("sn", "serialNumber", "SerialNo", "serial_number", "deviceSerial"),
    CHANNEL("channelId", "Channel", "dynChannelID", "ChannelNo", "channel_id", "SrcID"),
    RECTANGLE(Attributes.RECTANGLE, "BoundingBox"),
    EVENT_ID(
            Attributes.EVENT_ID,
            "event_id",
            "best_uuid",
            "uuid",
            "alarmId",
            "alarm_id",
            "MotorVehicleID",
            "NonMotorVehicleID",
            "FaceID"),
    EVENT_STATE(Attributes.EVENT_STATE, "Action", "alarmState", "State");

    private static final Map<String, FieldNames> BY_NAME = new HashMap<>();
    private static final Map<String, Integer> RANKS = new HashMap<>();

    static {
        for (FieldNames field : values()) {
            for (String name : field.names) {
                BY_NAME.put(DocumentTree.lowerCase(name), field);
                RANKS.put(DocumentTree.lowerCase(name), RANKS.size());
            }
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // The list is immutable.
    private final List<String> names;

    FieldNames(String... names) {
        this.names = List.of(names);
    }

    /** The names as makers spell them, in order of priority. */
    List<String> names() {
        return names;
    }

    /** The field of an element with this name, or null. */
    static @Nullable FieldNames of(String name) {
        return BY_NAME.get(DocumentTree.lowerCase(name));
    }

    /** The rank of a name in its row of the table: a smaller rank has priority. */
    static int rank(String name) {
        return RANKS.getOrDefault(DocumentTree.lowerCase(name), Integer.MAX_VALUE);
    }
}
