package io.framegate.intake;

import io.framegate.event.RejectReason;
import java.util.Set;

/**
 * The headers an exchange carries through the routes. Every value is a {@code String} or a number unless it says otherwise,
 * so that it survives a broker. Values that come from a packet are bounded and free of control characters; those that are
 * meant for file names hold only letters, digits, dot, minus and underscore.
 */
public final class FramegateHeaders {

    /** Address and port of the connection's other end. */
    public static final String PEER = "FramegatePeer";

    /** Address of the connection's other end. */
    public static final String PEER_HOST = "FramegatePeerHost";

    /** Wire format of the packet: {@code xml}, {@code http}, {@code length64}, {@code le32}, {@code jpeg}, ... */
    public static final String WIRE_FORMAT = "FramegateWireFormat";

    /** This machine's clock when the packet was complete, ISO 8601 in UTC. */
    public static final String RECEIVED_AT = "FramegateReceivedAt";

    /** The same as {@code yyyyMMdd_HHmmss} in {@code framegate.time-zone}, for names. */
    public static final String RECEIVED_STAMP = "FramegateReceivedStamp";

    /** Its day as {@code yyyy/MM/dd} in {@code framegate.time-zone}, for directories. */
    public static final String RECEIVED_DATE = "FramegateReceivedDate";

    /** The camera's clock, ISO 8601 in UTC; the receive time where the camera's is missing or impossible. */
    public static final String CAPTURED_AT = "FramegateCapturedAt";

    /** The same as {@code yyyyMMdd_HHmmss} in {@code framegate.time-zone}, for names. */
    public static final String CAPTURED_STAMP = "FramegateCapturedStamp";

    /** Its day as {@code yyyy/MM/dd} in {@code framegate.time-zone}, for directories. */
    public static final String CAPTURED_DATE = "FramegateCapturedDate";

    /**
     * From the sender's clock to ours, in milliseconds, a {@code Long}; only of formats that carry the time of sending. Below
     * zero if the clocks differ by more than the way takes.
     */
    public static final String LATENCY = "FramegateLatencyMillis";

    /** The same for a camera's event, however often it is sent: camera, time and hash. */
    public static final String EVENT_ID = "FramegateEventId";

    /** MAC address with colons, else what the request names ({@code ?camera=}), else the peer's address. */
    public static final String CAMERA_ID = "FramegateCameraId";

    /** The camera id for names: {@code AA_BB_CC_DD_EE_FF}. */
    public static final String CAMERA_NAME = "FramegateCameraName";

    /** The MAC address; absent if the camera gave none. */
    public static final String MAC_ADDRESS = "FramegateMacAddress";

    /** The name its owner gave the camera, as the camera sent it: never part of a path. Absent if none. */
    public static final String DEVICE_NAME = "FramegateDeviceName";

    /** The device's serial number; absent if none. */
    public static final String SERIAL = "FramegateSerial";

    /** A recorder's channel; absent if none. */
    public static final String VIDEO_CHANNEL = "FramegateVideoChannel";

    /** The kind of event, for names: {@code VFD}, {@code VEHICE}, {@code traject}, {@code keepalive}, ... */
    public static final String EVENT_TYPE = "FramegateEventType";

    /** What else the camera said, of the event and then of the image: a {@code Map<String, String>}. */
    public static final String ATTRIBUTES = "FramegateAttributes";

    /** SHA-256 of the packet as received, hexadecimal. */
    public static final String PACKET_SHA256 = "FramegatePacketSha256";

    /** Length of the packet as received, in bytes. */
    public static final String PACKET_LENGTH = "FramegatePacketLength";

    /** How many images the packet has. */
    public static final String IMAGE_COUNT = "FramegateImageCount";

    /** The image's place in its packet, from 0. */
    public static final String IMAGE_NUMBER = "FramegateImageNumber";

    /** What the image shows: {@code scene}, {@code face}, {@code plate}, {@code target}, {@code snapshot}, {@code album}. */
    public static final String ROLE = "FramegateRole";

    /** For names: empty for a scene, else an underscore and the role. */
    public static final String ROLE_SUFFIX = "FramegateRoleSuffix";

    /** SHA-256 of the image's bytes, hexadecimal. */
    public static final String SHA256 = "FramegateSha256";

    /** SHA-256 of the image's bytes as received, hexadecimal; absent unless they were transformed since. */
    public static final String ORIGINAL_SHA256 = "FramegateOriginalSha256";

    /** The image's length in bytes. */
    public static final String LENGTH = "FramegateLength";

    /** Length of the image's base64 text as received; equal to the length where it came as bytes. */
    public static final String ENCODED_LENGTH = "FramegateEncodedLength";

    /** What the bytes are: {@code JPEG}, {@code PNG}, {@code GIF}, {@code BMP}, {@code WEBP}; absent if no picture. */
    public static final String IMAGE_FORMAT = "FramegateImageFormat";

    /** The ending that fits the bytes: {@code jpg}, {@code png}, ... */
    public static final String EXTENSION = "FramegateExtension";

    /** The media type that fits the bytes: {@code image/jpeg}, ... */
    public static final String MEDIA_TYPE = "FramegateMediaType";

    /** The picture's real width in pixels. */
    public static final String WIDTH = "FramegateWidth";

    /** The picture's real height in pixels. */
    public static final String HEIGHT = "FramegateHeight";

    /** The image's number, unique for ever and rising. */
    public static final String COUNTER = "FramegateCounter";

    /** Where the image is stored, relative to {@code framegate.images.directory}; absent before it is. */
    public static final String STORED_PATH = "FramegateStoredPath";

    /** The last part of that path; on what is delivered. */
    public static final String FILE_NAME = "FramegateFileName";

    /**
     * The same for a picture however often it is sent and delivered: camera, capture time and hash. On what is delivered.
     */
    public static final String DELIVERY_ID = "FramegateDeliveryId";

    /**
     * What the body of what is delivered is: the image's media type, or {@link #JSON} for an event or an image by reference.
     */
    public static final String CONTENT_TYPE = "FramegateContentType";

    /** Where the image can be had: {@code framegate.deliver.reference}. In documents that are delivered, not a header. */
    public static final String REFERENCE = "FramegateReference";

    /** The media type of a document. */
    public static final String JSON = "application/json";

    /** Why something was rejected, a {@link RejectReason#tag()}; absent if it was not. */
    public static final String REJECT_REASON = "FramegateRejectReason";

    /** What was wrong, for people. */
    public static final String REJECT_DETAIL = "FramegateRejectDetail";

    /** All of them by name, so that a typing error in a property is found. */
    public static final Set<String> NAMES = Set.of(
            PEER,
            PEER_HOST,
            WIRE_FORMAT,
            RECEIVED_AT,
            RECEIVED_STAMP,
            RECEIVED_DATE,
            CAPTURED_AT,
            CAPTURED_STAMP,
            CAPTURED_DATE,
            LATENCY,
            EVENT_ID,
            CAMERA_ID,
            CAMERA_NAME,
            MAC_ADDRESS,
            DEVICE_NAME,
            SERIAL,
            VIDEO_CHANNEL,
            EVENT_TYPE,
            ATTRIBUTES,
            PACKET_SHA256,
            PACKET_LENGTH,
            IMAGE_COUNT,
            IMAGE_NUMBER,
            ROLE,
            ROLE_SUFFIX,
            SHA256,
            ORIGINAL_SHA256,
            LENGTH,
            ENCODED_LENGTH,
            IMAGE_FORMAT,
            EXTENSION,
            MEDIA_TYPE,
            WIDTH,
            HEIGHT,
            COUNTER,
            STORED_PATH,
            FILE_NAME,
            DELIVERY_ID,
            CONTENT_TYPE,
            REFERENCE,
            REJECT_REASON,
            REJECT_DETAIL);

    private FramegateHeaders() {}
}
