package io.framegate.worker;

import io.framegate.worker.WrongDeliveryException.Reason;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The message as the broker delivered it, before the headers of the document replaced its headers. Immutable.
 *
 * @param body the document; null if it was refused unread
 * @param headers the headers by name, without regard to case; no value is null
 */
record ReceivedMessage(byte @Nullable [] body, Map<String, Object> headers) {

    /**
     * The maximum length of a body, in bytes. Documents have some thousand bytes. A dead letter must not exceed the
     * maximum length of a record.
     */
    static final int MAX_LENGTH = 512 << 10;

    private static final String PROPERTY = "FramegateReceivedMessage";

    /**
     * Keeps the message of this exchange.
     *
     * @throws WrongDeliveryException if its body cannot be a document; then the headers are kept without it
     */
    static ReceivedMessage keep(Exchange exchange) throws WrongDeliveryException {
        Message message = exchange.getMessage();
        Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        message.getHeaders().forEach((name, value) -> {
            if (value != null) {
                headers.put(name, value);
            }
        });
        exchange.setProperty(PROPERTY, new ReceivedMessage(null, headers));
        ReceivedMessage received = new ReceivedMessage(body(message), headers);
        exchange.setProperty(PROPERTY, received);
        return received;
    }

    private static byte @Nullable [] body(Message message) throws WrongDeliveryException {
        // By name, because a Kafka worker has no JMS on its class path.
        if (message.getClass().getName().equals("org.apache.camel.component.jms.JmsMessage")) {
            return checked(JmsDocument.read(message, MAX_LENGTH));
        }
        return checked(message.getBody(byte[].class));
    }

    private static byte @Nullable [] checked(byte @Nullable [] body) throws WrongDeliveryException {
        if (body != null && body.length > MAX_LENGTH) {
            throw tooLong(body.length);
        }
        return body;
    }

    static WrongDeliveryException tooLong(long length) {
        return new WrongDeliveryException(
                Reason.NOT_A_DOCUMENT, "document length: " + length + " (expected: <= " + MAX_LENGTH + ")");
    }

    /** The kept message; an empty one if there is none. */
    static ReceivedMessage of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, new ReceivedMessage(null, Map.of()), ReceivedMessage.class);
    }

    /**
     * The place of the record, {@code framegate.images-3@17}, or the id of the message; so that an operator can find
     * it.
     */
    String place() {
        Object topic = headers.get("kafka.TOPIC");
        return topic == null
                ? String.valueOf(headers.get("JMSMessageID"))
                : topic + "-" + headers.get("kafka.PARTITION") + "@" + headers.get("kafka.OFFSET");
    }
}
