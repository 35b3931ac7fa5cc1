package io.framegate.worker;

import io.framegate.worker.WrongDeliveryException.Reason;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsMessage;

/**
 * Reads the body of a JMS message without Camel, which would create any object that an {@code ObjectMessage} contains,
 * and an array of any length for a {@code BytesMessage}. Stateless.
 */
final class JmsDocument {

    private JmsDocument() {}

    static byte[] read(Message message, int maxLength) throws WrongDeliveryException {
        jakarta.jms.Message received = ((JmsMessage) message).getJmsMessage();
        try {
            if (received instanceof BytesMessage bytes) {
                if (bytes.getBodyLength() > maxLength) {
                    throw ReceivedMessage.tooLong(bytes.getBodyLength());
                }
                bytes.reset();
                byte[] body = new byte[(int) bytes.getBodyLength()];
                bytes.readBytes(body);
                return body;
            }
            if (received instanceof TextMessage text && text.getText() != null) {
                return text.getText().getBytes(StandardCharsets.UTF_8);
            }
        } catch (JMSException e) {
            throw new WrongDeliveryException(Reason.NOT_A_DOCUMENT, "document: cannot be read");
        }
        throw new WrongDeliveryException(
                Reason.NOT_A_DOCUMENT, "document: neither bytes nor text (expected: payload=event)");
    }
}
