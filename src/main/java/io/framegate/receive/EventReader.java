package io.framegate.receive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.framegate.event.CameraDocument;
import io.framegate.event.CameraEvent;
import io.framegate.event.DocumentRules;
import io.framegate.event.Keepalives;
import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.event.Sender;
import io.framegate.intake.FramegateHeaders;
import io.framegate.intake.ReceiptTime;
import io.framegate.log.Reason;
import io.framegate.settings.NamedValues;
import io.framegate.store.FileNames;
import io.framegate.store.Stamp;
import io.framegate.store.quarantine.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Turns a packet's unmarshalled document into a {@link CameraEvent}, which becomes the body, and sets the event's
 * headers. The variable {@code images} has the event's images. If the document was not well-formed, it reads the packet
 * leniently and sets {@link FramegateHeaders#REJECT_REASON}.
 *
 * <p>Expects the {@link Packet} in the variable {@link Quarantine#PACKET}. Thread-safe.
 */
public final class EventReader implements Processor {

    private static final String IMAGES = "images";

    private final Stamp stamp = new Stamp();
    private Map<String, String> names = Map.of();
    private DocumentRules rules = DocumentRules.STANDARD;

    /**
     * Sets the time zone of the stamps in names, and of cameras' local times; {@code system} is the zone of this
     * machine.
     */
    public void setTimeZone(String zone) {
        stamp.setZone(zone);
        rules = new DocumentRules(Stamp.zone(zone), rules.zones(), rules.keepalives(), rules.channels());
    }

    /** Sets the zones of cameras' local times: {@code 192.0.2.7=Europe/Berlin, 02:00:5E:10:00:75=Asia/Tokyo}. */
    public void setTimeZones(String zones) {
        rules = new DocumentRules(rules.zone(), NamedValues.zones(zones), rules.keepalives(), rules.channels());
    }

    /** Adds rules for keep-alives: {@code type=ping, Status&Uptime}. */
    public void setKeepalives(String keepalives) {
        rules = new DocumentRules(
                rules.zone(), rules.zones(), Keepalives.standard().and(keepalives), rules.channels());
    }

    /** Makes the channels of a recorder separate cameras. */
    public void setChannels(boolean channels) {
        rules = new DocumentRules(rules.zone(), rules.zones(), rules.keepalives(), channels);
    }

    /**
     * Sets the names of cameras that send no name, by their addresses: {@code 192.0.2.7=front-door, 192.0.2.8=yard}.
     */
    public void setNames(String names) {
        this.names = NamedValues.cameraNames(names);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Packet packet = exchange.getVariable(Quarantine.PACKET, Packet.class);
        String peer = message.getHeader(FramegateHeaders.PEER_HOST, String.class);
        Instant receivedAt = Objects.requireNonNull(ReceiptTime.of(exchange), FramegateHeaders.RECEIVED_AT);
        Sender sender = new Sender(peer, names.get(peer), receivedAt);
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        CameraEvent event;
        if (caught != null) {
            event = CameraDocument.readLeniently(packet, sender, rules, problem(caught));
            message.setHeader(FramegateHeaders.REJECT_REASON, RejectReason.MALFORMED.tag());
            message.setHeader(FramegateHeaders.REJECT_DETAIL, event.problem());
            exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        } else {
            JsonNode tree = message.getBody() instanceof JsonNode node ? node : MissingNode.getInstance();
            event = CameraDocument.read(tree, packet, sender, rules);
        }
        message.setBody(event);
        exchange.setVariable(IMAGES, event.images());
        setHeaders(message, packet, event);
    }

    private static String problem(Exception caught) {
        Throwable cause = caught;
        while (cause.getCause() != null && !(cause instanceof JsonProcessingException)) {
            cause = cause.getCause();
        }
        String text = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        return text == null ? Reason.plain(cause) : text;
    }

    private void setHeaders(Message message, Packet packet, CameraEvent event) {
        String camera = FileNames.safe(event.camera());
        message.setHeader(FramegateHeaders.RECEIVED_STAMP, stamp.of(event.receivedAt()));
        message.setHeader(FramegateHeaders.RECEIVED_DATE, stamp.dateOf(event.receivedAt()));
        message.setHeader(FramegateHeaders.CAPTURED_AT, event.capturedAt().toString());
        if (packet.sentAt() != null && event.capturedAt().equals(packet.sentAt())) {
            long millis = Duration.between(packet.sentAt(), event.receivedAt()).toMillis();
            message.setHeader(FramegateHeaders.LATENCY, millis);
        }
        message.setHeader(FramegateHeaders.CAPTURED_STAMP, stamp.of(event.capturedAt()));
        message.setHeader(FramegateHeaders.CAPTURED_DATE, stamp.dateOf(event.capturedAt()));
        message.setHeader(
                FramegateHeaders.EVENT_ID,
                camera + "-" + event.capturedAt().toEpochMilli() + "-"
                        + packet.sha256().substring(0, 16));
        message.setHeader(FramegateHeaders.CAMERA_ID, event.cameraId());
        message.setHeader(FramegateHeaders.CAMERA_NAME, camera);
        setIfKnown(message, FramegateHeaders.MAC_ADDRESS, event.macAddress());
        setIfKnown(message, FramegateHeaders.DEVICE_NAME, event.deviceName());
        setIfKnown(message, FramegateHeaders.SERIAL, event.serial());
        setIfKnown(message, FramegateHeaders.VIDEO_CHANNEL, event.videoChannel());
        message.setHeader(FramegateHeaders.DIALECT, event.dialect().tag());
        message.setHeader(FramegateHeaders.EVENT_TYPE, FileNames.safe(event.type()));
        message.setHeader(FramegateHeaders.ATTRIBUTES, event.attributes());
        message.setHeader(FramegateHeaders.PACKET_SHA256, packet.sha256());
        message.setHeader(FramegateHeaders.PACKET_LENGTH, packet.length());
        message.setHeader(FramegateHeaders.IMAGE_COUNT, event.images().size());
    }

    private static void setIfKnown(Message message, String header, @Nullable String value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
