package io.framegate.worker;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has delivered, before the headers of the document replaced its headers. Immutable.
 *
 * @param headers by name, whatever its case; none is null
 */
record ReceivedMessage(byte @Nullable [] body, Map<String, Object> headers) {

    private static final String PROPERTY = "FramegateReceivedMessage";

    /** Keeps the message of this exchange. */
    static ReceivedMessage keep(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        message.getHeaders().forEach((name, value) -> {
            if (value != null) {
                headers.put(name, value);
            }
        });
        ReceivedMessage received = new ReceivedMessage(message.getBody(byte[].class), headers);
        exchange.setProperty(PROPERTY, received);
        return received;
    }

    /** The message that was kept; an empty one if there is none. */
    static ReceivedMessage of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, new ReceivedMessage(null, Map.of()), ReceivedMessage.class);
    }
}
