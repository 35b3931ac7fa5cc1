package io.framegate.wire.http;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.PacketLimits;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The one rule for bytes of an unknown kind in a body or in one of its parts. No such bytes are lost silently.
 *
 * <pre>
 * a text of at most 1 KB, no file     a field of a form: ignored beside an event or a picture, else UNKNOWN_PART
 * another text                        UNKNOWN_PART
 * other bytes                         NOT_A_PICTURE
 * </pre>
 *
 * <p>A text has no control characters, and its sender calls it a text or names no type. Rejects keep all bytes.
 * Stateless.
 */
final class UnknownBytes {

    private static final int MAX_FIELD = 1 << 10;
    private static final int MAX_PEER_TEXT = 64;

    private UnknownBytes() {}

    /** Whether the bytes are the field of a form, or a sentence outside the parts. */
    static boolean isField(String type, byte[] bytes) {
        return bytes.length <= MAX_FIELD && isText(type, bytes);
    }

    /** Whether the bytes are a text. */
    static boolean isText(String type, byte[] bytes) {
        return isCalledText(type) && !hasControls(bytes);
    }

    /** Whether the sender calls the bytes a text or a format made of text, or names no type. */
    static boolean isCalledText(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.isEmpty()
                || lower.startsWith("text/")
                || lower.contains("xml")
                || lower.contains("json")
                || lower.contains("urlencoded")
                || lower.startsWith("multipart/");
    }

    private static boolean hasControls(byte[] bytes) {
        for (byte b : bytes) {
            boolean control = (b >= 0 && b < ' ') || b == 0x7F;
            if (control && b != '\t' && b != '\r' && b != '\n') {
                return true;
            }
        }
        return false;
    }

    /** Reads a whole body. Returns the XML packets in a text, or the reject of all bytes. */
    static List<Received> read(String type, byte[] body, PacketLimits limits) {
        List<Received> packets = new ArrayList<>();
        if (isText(type, body)) {
            HttpCutBody xml = HttpCutBody.xml(limits, packets::add);
            xml.take(Unpooled.wrappedBuffer(body));
            xml.end();
        }
        return packets.stream().anyMatch(UnknownBytes::isMore) ? packets : List.of(reject("body", type, body));
    }

    /** Whether this is a packet, or a reject of more than text without a packet. */
    private static boolean isMore(Received received) {
        return received instanceof Packet
                || (received instanceof RejectedPacket reject && reject.reason() != RejectReason.UNKNOWN_FORMAT);
    }

    /**
     * Rejects the bytes and keeps all of them.
     *
     * @param what the name of the bytes, for example {@code body}
     * @param type the media type that the sender gives them, or an empty text
     */
    static RejectedPacket reject(String what, String type, byte[] bytes) {
        RejectReason reason = isText(type, bytes) ? RejectReason.UNKNOWN_PART : RejectReason.NOT_A_PICTURE;
        String called = type.isEmpty() ? "" : ", called " + peerText(type) + ",";
        String detail = what + ": " + bytes.length + " bytes" + called
                + " of no known kind (expected: XML, JSON, or a picture in JPEG, PNG or another known format)";
        return new RejectedPacket(HttpCameraDecoder.FORMAT, reason, detail, bytes, bytes.length, false);
    }

    /** A text of the sender for a detail: escaped, and not longer than 64 characters. */
    static String peerText(String text) {
        String cut = text.substring(0, Math.min(text.length(), MAX_PEER_TEXT));
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
