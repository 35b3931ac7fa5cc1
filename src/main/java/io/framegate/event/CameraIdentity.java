package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.framegate.event.DocumentFields.Found;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the camera of a document.
 *
 * <pre>
 * CAMERA ID                                                                        CAMERA
 * MAC address | request's name | operator's name | document's id | peer's address
 * 02:00:5E:10:00:75                                                                02:00:5E:10:00:75      first or none
 * 02:00:5E:10:00:75                                                                02:00:5E:10:00:75-ch2  channel 2
 * </pre>
 *
 * <p>The camera of the first channel has the id of the device, because a camera that is not a recorder also sends this
 * channel: 0 or 1 for most makers, 0 for Dahua, which counts from 0. Immutable.
 *
 * @param cameraId the id of the device
 * @param camera the id of the camera: the id of the device, plus the channel of a recorder from the second channel on
 * @param macAddress in upper case with colons, or null
 * @param channel as written in the document, or null
 */
record CameraIdentity(String cameraId, String camera, @Nullable String macAddress, @Nullable String channel) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    /** A number this short only counts the cameras of one device, so it is not an id. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    /** Twelve digits without a letter or a separator are a number, not a MAC address. */
    private static final Pattern LIKE_MAC = Pattern.compile(".*[A-Fa-f:-].*");

    static CameraIdentity of(DocumentFields fields, Dialect dialect, Packet packet, Sender sender, boolean channels) {
        String macAddress = macAddress(fields);
        String channel = channel(fields, dialect);
        String device = device(fields, macAddress, packet, sender);
        String camera =
                channels && channel != null && isOther(channel, dialect) ? device + "-ch" + plain(channel) : device;
        return new CameraIdentity(device, camera, macAddress, channel);
    }

    private static String device(DocumentFields fields, @Nullable String macAddress, Packet packet, Sender sender) {
        if (macAddress != null) {
            return macAddress;
        }
        if (packet.cameraId() != null) {
            return packet.cameraId();
        }
        if (sender.name() != null) {
            return sender.name();
        }
        return fields.all(FieldNames.CAMERA).stream()
                .map(Found::text)
                .filter(text ->
                        ID.matcher(text).matches() && !NUMBER.matcher(text).matches())
                .findFirst()
                .orElse(sender.host());
    }

    private static @Nullable String macAddress(DocumentFields fields) {
        for (Found found : fields.all(FieldNames.MAC_ADDRESS)) {
            String text = found.element().isArray() ? pairs(found.element()) : found.text();
            String address = MacAddress.normalised(text);
            if (address != null) {
                return address;
            }
        }
        return fields.all(FieldNames.CAMERA).stream()
                .map(Found::text)
                .filter(text -> LIKE_MAC.matcher(text).matches())
                .map(MacAddress::normalised)
                .filter(address -> address != null)
                .findFirst()
                .orElse(null);
    }

    /** Dahua writes {@code "PhysicalAddress": [2, 0, 94, 16, 0, 35]}. */
    private static String pairs(JsonNode list) {
        StringBuilder pairs = new StringBuilder();
        for (JsonNode one : list) {
            int value = AsciiDigits.parseInt(DocumentTree.text(one), -1);
            if (value < 0 || value > 255 || list.size() != 6) {
                return DocumentTree.text(list);
            }
            pairs.append(HexFormat.of().toHexDigits((byte) value));
        }
        return pairs.toString();
    }

    private static @Nullable String channel(DocumentFields fields, Dialect dialect) {
        String channel = fields.text(FieldNames.CHANNEL);
        if (channel.isEmpty() && dialect == Dialect.DAHUA) {
            channel = fields.all(FieldNames.TYPE).stream()
                    .filter(found -> found.isNamed("Code"))
                    .map(found -> DocumentTree.text(found.block(), "Index"))
                    .findFirst()
                    .orElse("");
        }
        if (channel.isEmpty() && NUMBER.matcher(fields.text(FieldNames.CAMERA)).matches()) {
            channel = fields.text(FieldNames.CAMERA);
        }
        return channel.isEmpty() ? null : channel;
    }

    private static boolean isOther(String channel, Dialect dialect) {
        int number = AsciiDigits.parseInt(channel, -1);
        return number < 0 ? CHANNEL.matcher(channel).matches() : number > (dialect == Dialect.DAHUA ? 0 : 1);
    }

    private static String plain(String channel) {
        int number = AsciiDigits.parseInt(channel, -1);
        return number < 0 ? channel : String.valueOf(number);
    }
}
