package io.framegate.it.target;

import io.framegate.intake.FramegateHeaders;
import io.framegate.it.support.GatewayProcess;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.jspecify.annotations.Nullable;

/**
 * Apache Artemis, spoken to with JMS (its own protocol), AMQP 1.0 or MQTT 5. Messages stay in a durable queue, where
 * they are looked at but not taken.
 */
public final class BrokerTarget implements TargetServer {

    private static final String DESTINATION = "framegate.images";
    private static final String USER_PROPERTY = "mqtt.ordered.user.property.";

    private static final long TIMEOUT_MILLIS = 10_000;

    private final Protocol protocol;
    private final Path directory;
    private final String destination;
    private final int port = GatewayProcess.freePort();
    private volatile Predicate<String> refused = name -> false;
    private boolean autoCreates = true;
    private @Nullable Certificate certificate;
    private @Nullable EmbeddedActiveMQ broker;
    private List<Delivered> last = List.of();

    private enum Protocol {
        JMS("CORE", "tcp", RoutingType.ANYCAST),
        AMQP("AMQP", "amqp", RoutingType.ANYCAST),
        MQTT("MQTT", "tcp", RoutingType.MULTICAST);

        private final String acceptor;
        private final String scheme;
        private final RoutingType routing;

        Protocol(String acceptor, String scheme, RoutingType routing) {
            this.acceptor = acceptor;
            this.scheme = scheme;
            this.routing = routing;
        }
    }

    private BrokerTarget(Protocol protocol, Path directory, String destination) {
        this.protocol = protocol;
        this.destination = destination;
        this.directory = directory.resolve("broker");
    }

    /** A broker for JMS. */
    public static BrokerTarget jms(Path directory) {
        return new BrokerTarget(Protocol.JMS, directory, DESTINATION);
    }

    /** A broker for AMQP 1.0. */
    public static BrokerTarget amqp(Path directory) {
        return new BrokerTarget(Protocol.AMQP, directory, DESTINATION);
    }

    /** A broker for AMQP 1.0 whose queue has this address. */
    static BrokerTarget amqp(Path directory, String destination) {
        return new BrokerTarget(Protocol.AMQP, directory, destination);
    }

    /** Makes no queue that is missing, from the next start on. */
    public BrokerTarget withoutAutoCreation() {
        autoCreates = false;
        return this;
    }

    /** Speaks TLS only, from the next start on. */
    public BrokerTarget overTls(Certificate shown) {
        certificate = shown;
        return this;
    }

    /** A broker for MQTT 5. */
    public static BrokerTarget mqtt(Path directory) {
        return new BrokerTarget(Protocol.MQTT, directory, DESTINATION);
    }

    private String name() {
        return switch (protocol) {
            case JMS -> "jms";
            case AMQP -> "amqp";
            case MQTT -> "mqtt";
        };
    }

    private String password() {
        return "test-secret-" + name();
    }

    @Override
    public void start() {
        SecurityConfiguration users = new SecurityConfiguration(Map.of(USER, password()), Map.of(USER, List.of("all")));
        try {
            broker = new EmbeddedActiveMQ()
                    .setConfiguration(configuration())
                    .setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users))
                    .start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Configuration configuration() throws Exception {
        Role all = new Role("all", true, true, true, true, true, true, true, true, true, true, false, false);
        Configuration configuration = new ConfigurationImpl()
                .setName(name())
                .setJournalType(JournalType.NIO)
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setJournalDirectory(directory.resolve("journal").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setMaxDiskUsage(-1)
                .addAcceptorConfiguration("in-vm", "vm://" + port)
                .addAcceptorConfiguration(
                        "clients",
                        "tcp://127.0.0.1:" + port + "?protocols=" + protocol.acceptor + "&useEpoll=false" + tls())
                .addQueueConfiguration(QueueConfiguration.of(destination)
                        .setAddress(destination)
                        .setRoutingType(protocol.routing)
                        .setDurable(true));
        configuration.putSecurityRoles("#", Set.of(all));
        if (!autoCreates) {
            configuration.addAddressSetting(
                    "#", new AddressSettings().setAutoCreateQueues(false).setAutoCreateAddresses(false));
        }
        configuration.registerBrokerPlugin(new Refusals());
        return configuration;
    }

    private String tls() {
        return certificate == null
                ? ""
                : "&sslEnabled=true&keyStoreType=PKCS12&keyStorePath=" + certificate.keyStore() + "&keyStorePassword="
                        + Certificate.PASSWORD;
    }

    /** {@code amqps://127.0.0.1:20427}: the address of the broker, under this name of its host. */
    public String url(String host) {
        String address = "://" + host + ":" + port;
        if (certificate == null) {
            return protocol.scheme + address;
        }
        return switch (protocol) {
            case JMS -> "tcp" + address + "?sslEnabled=true";
            case AMQP -> "amqps" + address;
            case MQTT -> "ssl" + address;
        };
    }

    @Override
    public void stop() {
        if (broker != null) {
            last = delivered();
            try {
                broker.getActiveMQServer().fail(false);
                broker.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            broker = null;
        }
    }

    @Override
    public Map<String, String> properties() {
        String prefix = "framegate.deliver." + name() + ".";
        return Map.of(
                prefix + "url",
                url("127.0.0.1"),
                prefix + "user",
                USER,
                prefix + "password",
                password(),
                prefix + (protocol == Protocol.MQTT ? "topic" : "destination"),
                protocol == Protocol.MQTT ? destination.replace('.', '/') : destination);
    }

    @Override
    public List<Delivered> delivered() {
        if (broker == null) {
            return last;
        }
        List<Delivered> all = new ArrayList<>();
        try (ServerLocator locator = ActiveMQClient.createServerLocator("vm://" + port);
                ClientSessionFactory sessions = locator.createSessionFactory();
                ClientSession session = sessions.createSession(USER, password(), false, true, true, false, 0);
                ClientConsumer browser = session.createConsumer(destination, true)) {
            session.start();
            long count = broker.getActiveMQServer().locateQueue(destination).getMessageCount();
            while (all.size() < count) {
                ClientMessage message = browser.receive(TIMEOUT_MILLIS);
                if (message == null) {
                    throw new IllegalStateException("messages: " + all.size() + " (expected: " + count + ")");
                }
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                message.saveToOutputStream(content);
                Map<String, String> metadata = metadata(message);
                all.add(new Delivered(name(metadata), content.toByteArray(), metadata));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    /** The number of messages that nobody has taken yet. */
    public long waiting() {
        return broker == null
                ? last.size()
                : broker.getActiveMQServer().locateQueue(destination).getMessageCount();
    }

    private static Map<String, String> metadata(Message message) {
        Map<String, String> metadata = new TreeMap<>();
        for (SimpleString property : message.getPropertyNames()) {
            String name = property.toString();
            if (name.startsWith(USER_PROPERTY)) {
                // The prefix, the property's number, its name.
                name = name.substring(name.indexOf('.', USER_PROPERTY.length()) + 1);
            }
            metadata.put(name, String.valueOf(message.getObjectProperty(property)));
        }
        return metadata;
    }

    private static String name(Map<String, String> metadata) {
        return metadata.getOrDefault(FramegateHeaders.STORED_PATH, "");
    }

    @Override
    public void refuse(Predicate<String> names) {
        refused = names;
    }

    @Override
    public void close() {
        stop();
    }

    private final class Refusals implements ActiveMQServerMessagePlugin {

        @Override
        public void beforeSend(
                ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue)
                throws ActiveMQException {
            if (refused.test(name(metadata(message)))) {
                throw new ActiveMQSecurityException("not allowed");
            }
        }
    }
}
