package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.MessageCreatedStrategy;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.proton.amqp.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Sets the media type of a CloudEvent in the property {@code content-type} of an AMQP message, which JMS cannot set.
 * Other messages keep {@code application/octet-stream}. Thread-safe after configuration.
 */
public final class AmqpContentType implements MessageCreatedStrategy {

    private boolean enabled;

    /** Whether messages are CloudEvents. */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public void onMessageCreated(Message message, Session session, Exchange exchange, @Nullable Throwable cause) {
        if (enabled
                && message instanceof JmsMessage created
                && created.getFacade() instanceof AmqpJmsMessageFacade properties) {
            String type = exchange.getMessage().getHeader(FramegateHeaders.CONTENT_TYPE, String.class);
            properties.setContentType(Symbol.valueOf(type));
        }
    }
}
