package io.framegate.receive;

import io.framegate.event.Packet;
import io.framegate.store.quarantine.Quarantine;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/**
 * Makes the document of a {@link Packet} the body: its XML or JSON without the images. Keeps the packet in the variable
 * {@link Quarantine#PACKET}, and says in the variable {@code document} how to read the body: {@code xml}, {@code json},
 * or {@code none} if the packet has only images. Stateless.
 */
public final class PacketDocument implements Processor {

    private static final String DOCUMENT = "document";

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        Packet packet = exchange.getMessage().getMandatoryBody(Packet.class);
        exchange.setVariable(Quarantine.PACKET, packet);
        exchange.setVariable(DOCUMENT, type(packet));
        exchange.getMessage().setBody(packet.document());
    }

    private static String type(Packet packet) {
        if (!packet.hasDocument()) {
            return "none";
        }
        return packet.hasJsonDocument() ? "json" : "xml";
    }
}
