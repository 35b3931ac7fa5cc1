package io.framegate.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.framegate.event.CameraEvent;
import io.framegate.event.DocumentMappers;
import io.framegate.event.Packet;
import io.framegate.store.quarantine.Quarantine;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Turns the {@link Packet} in the body into its {@link CameraEvent} and sets the event's headers, as the route
 * {@code read-event} does: strictly, or leniently if the document is not well-formed. Keeps the packet in the variable
 * {@link Quarantine#PACKET}. Thread-safe.
 */
public final class PacketReader implements Processor {

    private final ObjectMapper json = DocumentMappers.json();
    private final ObjectMapper xml = DocumentMappers.xml();
    private final EventReader events;

    /** Reads documents by the rules of this reader. */
    public PacketReader(EventReader events) {
        this.events = events;
    }

    @Override
    public void process(Exchange exchange) {
        Packet packet = exchange.getMessage().getBody(Packet.class);
        exchange.setVariable(Quarantine.PACKET, packet);
        try {
            exchange.getMessage().setBody(tree(packet));
            events.process(exchange);
        } catch (IOException | RuntimeException e) {
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, e);
            events.process(exchange);
        }
    }

    private JsonNode tree(Packet packet) throws IOException {
        if (!packet.hasDocument()) {
            return MissingNode.getInstance();
        }
        ObjectMapper mapper = packet.hasJsonDocument() ? json : xml;
        return mapper.readValue(packet.document(), JsonNode.class);
    }
}
