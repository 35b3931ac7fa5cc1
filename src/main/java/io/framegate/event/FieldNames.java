package io.framegate.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names by which makers call the same thing: the one table of {@code src/docs/formats.md}. Names count without
 * case, at any depth. The shallowest counts; at the same depth, the first in its row. Stateless.
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

    /** The names as makers spell them, the first preferred. */
    List<String> names() {
        return names;
    }

    /** What an element of this name means, or null. */
    static @Nullable FieldNames of(String name) {
        return BY_NAME.get(DocumentTree.lowerCase(name));
    }

    /** The place of a name of the table: less is nearer to the beginning of its row. */
    static int rank(String name) {
        return RANKS.getOrDefault(DocumentTree.lowerCase(name), Integer.MAX_VALUE);
    }
}
