package io.framegate.worker;

import io.framegate.worker.WrongDeliveryException.Reason;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsMessage;

/**
 * Refuses messages of JMS that cannot be a document, before Camel reads their body: Camel would deserialize an object
 * of the sender's choice from an {@code ObjectMessage}, and allocate an array of any length for a {@code BytesMessage}.
 * Stateless.
 */
final class JmsDocument {

    private JmsDocument() {}

    static void check(Message message, int maxLength) throws WrongDeliveryException {
        jakarta.jms.Message received = ((JmsMessage) message).getJmsMessage();
        try {
            if (received instanceof BytesMessage bytes) {
                if (bytes.getBodyLength() > maxLength) {
                    throw ReceivedMessage.tooLong(bytes.getBodyLength());
                }
            } else if (!(received instanceof TextMessage)) {
                throw new WrongDeliveryException(
                        Reason.NOT_A_DOCUMENT, "document: neither bytes nor text (expected: payload=event)");
            }
        } catch (JMSException e) {
            throw new WrongDeliveryException(Reason.NOT_A_DOCUMENT, "document: cannot be read");
        }
    }
}
