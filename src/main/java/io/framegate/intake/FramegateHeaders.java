package io.framegate.intake;

import io.framegate.event.RejectReason;
import java.util.Set;

/**
 * The names of the headers that an exchange carries through the routes. A value is a {@code String} or a number unless
 * its header says otherwise, so that it survives a broker. Values from a packet are bounded and contain no control
 * characters. Values for file names contain only letters, digits, dot, minus and underscore.
 */
public final class FramegateHeaders {

    /**
     * Address and port of the sender: the connection's peer, or the client that a trusted proxy names, without a port
     * if it names none.
     */
    public static final String PEER = "FramegatePeer";

    /** Address of the sender. */
    public static final String PEER_HOST = "FramegatePeerHost";

    /** Subject of the peer's certificate, {@code CN=gate-7,O=Site}; absent if the listener asks for none. */
    public static final String PEER_CERTIFICATE = "FramegatePeerCertificate";

    /** Wire format of the packet: {@code xml}, {@code http}, {@code length64}, {@code le32}, {@code jpeg}, ... */
    public static final String WIRE_FORMAT = "FramegateWireFormat";

    /** The name of the gateway that received the packet: {@code framegate.node}. */
    public static final String NODE = "FramegateNode";

    /** This machine's clock when the packet was complete, ISO 8601 in UTC. */
    public static final String RECEIVED_AT = "FramegateReceivedAt";

    /** The time of receipt as {@code yyyyMMdd_HHmmss} in {@code framegate.time-zone}, for names. */
    public static final String RECEIVED_STAMP = "FramegateReceivedStamp";

    /** The day of receipt as {@code yyyy/MM/dd} in {@code framegate.time-zone}, for directories. */
    public static final String RECEIVED_DATE = "FramegateReceivedDate";

    /** The camera's clock, ISO 8601 in UTC; the time of receipt if the camera's time is missing or impossible. */
    public static final String CAPTURED_AT = "FramegateCapturedAt";

    /** The capture time as {@code yyyyMMdd_HHmmss} in {@code framegate.time-zone}, for names. */
    public static final String CAPTURED_STAMP = "FramegateCapturedStamp";

    /** The day of capture as {@code yyyy/MM/dd} in {@code framegate.time-zone}, for directories. */
    public static final String CAPTURED_DATE = "FramegateCapturedDate";

    /**
     * The time from sending, by the sender's clock, to receipt, by this machine's, in milliseconds; a {@code Long}.
     * Only for formats that carry the time of sending. Negative if the clocks differ by more than the transfer takes.
     */
    public static final String LATENCY = "FramegateLatencyMillis";

    /** The id of an event: camera, time and hash. An event that is sent again has the same id. */
    public static final String EVENT_ID = "FramegateEventId";

    /**
     * The MAC address with colons; without one, the name in the request, the operator's name, the id in the document or
     * the sender's address.
     */
    public static final String CAMERA_ID = "FramegateCameraId";

    /** The camera for names, with a recorder's channel from the second on: {@code AA_BB_CC_DD_EE_FF-ch2}. */
    public static final String CAMERA_NAME = "FramegateCameraName";

    /** The MAC address; absent if the camera sent none. */
    public static final String MAC_ADDRESS = "FramegateMacAddress";

    /** The name that the owner gave the camera, as the camera sent it. Never part of a path. Absent without a name. */
    public static final String DEVICE_NAME = "FramegateDeviceName";

    /** The serial number of the device; absent if the camera sent none. */
    public static final String SERIAL = "FramegateSerial";

    /** The channel of a recorder; absent if it sent none. */
    public static final String VIDEO_CHANNEL = "FramegateVideoChannel";

    /**
     * The maker's language of the packet's document: {@code tvt}, {@code hikvision}, {@code dahua}, {@code uniview},
     * {@code gat1400}, {@code openalpr}, {@code lilin} or {@code other}.
     */
    public static final String DIALECT = "FramegateDialect";

    /** The kind of event, for names: {@code VFD}, {@code VEHICE}, {@code traject}, {@code keepalive}, ... */
    public static final String EVENT_TYPE = "FramegateEventType";

    /** Further texts about the event, and later about the image: a {@code Map<String, String>}. */
    public static final String ATTRIBUTES = "FramegateAttributes";

    /** SHA-256 of the packet as received, hexadecimal. */
    public static final String PACKET_SHA256 = "FramegatePacketSha256";

    /** Length of the packet as received, in bytes. */
    public static final String PACKET_LENGTH = "FramegatePacketLength";

    /** The number of images in the packet. */
    public static final String IMAGE_COUNT = "FramegateImageCount";

    /** The index of the image in its packet, from 0. */
    public static final String IMAGE_NUMBER = "FramegateImageNumber";

    /**
     * The role of the image: {@code scene}, {@code face}, {@code plate}, {@code target}, {@code snapshot}, {@code
     * album}.
     */
    public static final String ROLE = "FramegateRole";

    /** An underscore and the role, for names; empty for a scene. */
    public static final String ROLE_SUFFIX = "FramegateRoleSuffix";

    /** SHA-256 of the image's bytes, hexadecimal. */
    public static final String SHA256 = "FramegateSha256";

    /** SHA-256 of the image's bytes as received, hexadecimal; absent unless the image was transformed. */
    public static final String ORIGINAL_SHA256 = "FramegateOriginalSha256";

    /** The image's length in bytes. */
    public static final String LENGTH = "FramegateLength";

    /** Length of the image's base64 text as received; for an image sent as bytes, its length in bytes. */
    public static final String ENCODED_LENGTH = "FramegateEncodedLength";

    /**
     * The format of the bytes: {@code JPEG}, {@code PNG}, {@code WEBP}, {@code AVIF}, ...; absent without a picture.
     */
    public static final String IMAGE_FORMAT = "FramegateImageFormat";

    /** The file extension for the format: {@code jpg}, {@code png}, ... */
    public static final String EXTENSION = "FramegateExtension";

    /** The media type of the format: {@code image/jpeg}, ... */
    public static final String MEDIA_TYPE = "FramegateMediaType";

    /** The picture's width in pixels, read from its header; absent if it is unknown, as it may be for AVIF or TIFF. */
    public static final String WIDTH = "FramegateWidth";

    /** The picture's height in pixels, read from its header; absent if the width is. */
    public static final String HEIGHT = "FramegateHeight";

    /** The number of the image. Numbers rise and are never used again. */
    public static final String COUNTER = "FramegateCounter";

    /**
     * The path of the stored image, relative to {@code framegate.images.directory}; absent before the image is stored.
     */
    public static final String STORED_PATH = "FramegateStoredPath";

    /** The file name in that path; only on deliveries. */
    public static final String FILE_NAME = "FramegateFileName";

    /**
     * The id of a picture: camera, capture time, hash and role. A picture that is sent or delivered again has the same
     * id, whichever gateway receives it. Only on deliveries.
     */
    public static final String DELIVERY_ID = "FramegateDeliveryId";

    /** The media type of a delivery's body: the image's, or {@link #JSON} for an event or an image by reference. */
    public static final String CONTENT_TYPE = "FramegateContentType";

    /** The address of the image: {@code framegate.deliver.reference}. In delivered documents, not a header. */
    public static final String REFERENCE = "FramegateReference";

    /** The media type of a document. */
    public static final String JSON = "application/json";

    /** The reason of the rejection, a {@link RejectReason#tag()}; absent if the packet or image was not rejected. */
    public static final String REJECT_REASON = "FramegateRejectReason";

    /** An explanation of the rejection for people. */
    public static final String REJECT_DETAIL = "FramegateRejectDetail";

    /** The names of all headers, to find typing errors in properties. */
    public static final Set<String> NAMES = Set.of(
            PEER,
            PEER_HOST,
            PEER_CERTIFICATE,
            WIRE_FORMAT,
            NODE,
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
            DIALECT,
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
