package io.framegate.outbox.deliver.connect;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Objects;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.camel.Endpoint;
import org.apache.camel.component.jms.JmsEndpoint;
import org.springframework.jms.connection.SingleConnectionFactory;

/**
 * Tries a broker with JMS or AMQP 1.0. Queries the address at an Artemis broker, and opens a sender at any other
 * broker. Sends nothing. A broker that creates a queue when a sender opens (RabbitMQ 3) creates it now, as it would at
 * the first image.
 */
final class JmsTrial implements Trial {

    @Override
    public String attempt(Endpoint endpoint, TargetProperties properties) throws Exception {
        JmsEndpoint jms = (JmsEndpoint) endpoint;
        String name = jms.getDestinationName();
        String called = (jms.isPubSubDomain() ? "topic " : "queue ") + name;
        try (Connection connection = direct(jms.getConnectionFactory()).createConnection();
                Session session = connection.createSession()) {
            if (session instanceof ActiveMQSession artemis) {
                return called + artemis(artemis.getCoreSession(), name);
            }
            session.createProducer(jms.isPubSubDomain() ? session.createTopic(name) : session.createQueue(name))
                    .close();
            return called + " takes messages";
        }
    }

    /** The factory without its kept connections, because the check closes the connections that it opens. */
    private static ConnectionFactory direct(ConnectionFactory factory) {
        return factory instanceof SingleConnectionFactory keeping
                ? Objects.requireNonNull(keeping.getTargetConnectionFactory())
                : factory;
    }

    /** Does not open a sender, because Artemis would then create the queue. */
    private static String artemis(ClientSession session, String name) throws ActiveMQException, JMSException {
        ClientSession.AddressQuery address = session.addressQuery(SimpleString.of(name));
        if (address.isExists()) {
            return " exists";
        }
        if (address.isAutoCreateQueues()) {
            return " is missing and the first image makes it";
        }
        throw new InvalidDestinationException("no address " + name);
    }
}
