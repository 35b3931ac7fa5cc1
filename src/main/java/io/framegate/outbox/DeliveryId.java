package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Message;

/**
 * The id of a picture, or of an event without one. It depends on the camera and on the bytes that the camera sent,
 * never on the gateway that received it or on the time of receipt, so a camera that sends again to another gateway gets
 * the same id.
 *
 * <pre>
 * picture              gate-20260329T095821Z-cbf1d8aa30c2d16e_face    camera, capture time, hash, role unless a scene
 * without a time       gate-untimed-cbf1d8aa30c2d16e                  a picture that is sent without a capture time
 * event                gate-20260329T095821Z-0a1b2c3d4e5f6071         camera, capture time, hash of the packet
 * </pre>
 *
 * <p>An event with neither picture nor time gets the time of receipt: an alarm that arrives twice with the same text is
 * two events. The id has only characters of file names. Stateless.
 */
final class DeliveryId {

    private static final int HASH_LENGTH = 16;
    private static final String UNTIMED = "untimed";

    private DeliveryId() {}

    static String ofPicture(Message message) {
        // Another gateway may convert pictures differently.
        String hash = message.getHeader(
                FramegateHeaders.ORIGINAL_SHA256, message.getHeader(FramegateHeaders.SHA256), String.class);
        String captured = captured(message);
        boolean timed = !captured.equals(message.getHeader(FramegateHeaders.RECEIVED_AT, String.class));
        return id(message, timed ? digits(captured) : UNTIMED, hash)
                + message.getHeader(FramegateHeaders.ROLE_SUFFIX, "", String.class);
    }

    static String ofEvent(Message message) {
        String hash = message.getHeader(FramegateHeaders.PACKET_SHA256, String.class);
        return id(message, digits(captured(message)), hash);
    }

    private static String captured(Message message) {
        return message.getHeader(FramegateHeaders.CAPTURED_AT, String.class);
    }

    private static String digits(String time) {
        return time.replaceAll("[^0-9TZ]", "");
    }

    private static String id(Message message, String time, String hash) {
        String camera = message.getHeader(FramegateHeaders.CAMERA_NAME, String.class);
        return camera + "-" + time + "-" + hash.substring(0, HASH_LENGTH);
    }
}
