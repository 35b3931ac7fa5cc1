package io.framegate.outbox.deliver;

import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Makes Kafka clients with a log-in, if the brokers speak Kafka's protocol. With Camel's options (4.18) the password
 * would be part of the endpoint's URI, and {@code saslAuthType} turns {@code SASL_PLAINTEXT} into {@code SASL_SSL}.
 */
public final class KafkaLogin extends DefaultKafkaClientFactory {

    private static final String MODULES = "org.apache.kafka.common.security.";

    private String securityProtocol = "PLAINTEXT";
    private String sasl = "NONE";
    private String user = "";
    private String password = "";

    /** {@code PLAINTEXT}, {@code SSL}, {@code SASL_PLAINTEXT} or {@code SASL_SSL}. */
    public void setSecurityProtocol(String securityProtocol) {
        this.securityProtocol = securityProtocol;
    }

    /** {@code NONE}, {@code PLAIN}, {@code SCRAM_SHA_256} or {@code SCRAM_SHA_512}. */
    public void setSasl(String sasl) {
        this.sasl = sasl;
    }

    /** The user. Not used without SASL. */
    public void setUser(String user) {
        this.user = user;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    @Override
    @SuppressWarnings("rawtypes") // Camel's.
    public Producer getProducer(Properties properties) {
        Properties all = withLogin(properties);
        requireKafka(all);
        return super.getProducer(all);
    }

    /** Throws if a broker of a client with these properties speaks another protocol. */
    public void requireKafka(Properties properties) {
        KafkaProbe.require(properties);
    }

    /** These properties of a client, and the properties of the log-in. */
    public Properties withLogin(Properties properties) {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, securityProtocol);
        if (!sasl.equals("NONE")) {
            String module = sasl.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
            all.setProperty(SaslConfigs.SASL_MECHANISM, sasl.replace('_', '-'));
            all.setProperty(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    MODULES + module + " required username=" + quoted(user) + " password=" + quoted(password) + ";");
        }
        return all;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
