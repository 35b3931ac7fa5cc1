package io.framegate.receive.camera;

import io.framegate.event.CameraEvent;
import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.FramegateHeaders;
import io.framegate.receive.PacketReader;
import io.framegate.store.quarantine.Quarantine;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Turns a packet into a list of messages, one for each exchange. A rejected packet is one message. A document that is
 * not well-formed is a reject, and also an event. Thread-safe.
 */
final class PacketParts {

    private final PacketReader reader;
    private final boolean split;
    private final boolean heartbeats;

    PacketParts(PacketReader reader, boolean split, boolean heartbeats) {
        this.reader = reader;
        this.split = split;
        this.heartbeats = heartbeats;
    }

    /** Reads the packet in the body. The exchange then has the headers of the event. */
    List<Message> of(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message.getBody() instanceof RejectedPacket rejected) {
            message.setHeader(FramegateHeaders.REJECT_REASON, rejected.reason().tag());
            message.setHeader(FramegateHeaders.REJECT_DETAIL, rejected.detail());
            return List.of(message.copy());
        }
        reader.process(exchange);
        CameraEvent event = message.getBody(CameraEvent.class);
        List<Message> parts = new ArrayList<>();
        if (event.problem() != null) {
            parts.add(part(message, malformed(exchange, event.problem())));
            message.removeHeader(FramegateHeaders.REJECT_REASON);
            message.removeHeader(FramegateHeaders.REJECT_DETAIL);
        }
        if (split) {
            event.images().forEach(image -> parts.add(part(message, image)));
        } else if (heartbeats || !event.isKeepalive()) {
            parts.add(message.copy());
        }
        return parts;
    }

    private static RejectedPacket malformed(Exchange exchange, String problem) {
        Packet packet = exchange.getVariable(Quarantine.PACKET, Packet.class);
        return new RejectedPacket(
                packet.format(),
                RejectReason.MALFORMED,
                problem,
                packet.restored(),
                packet.length(),
                false,
                packet.client());
    }

    private static Message part(Message message, Object body) {
        Message part = message.copy();
        part.setBody(body);
        return part;
    }
}
