package io.framegate.outbox.deliver;

import io.framegate.log.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Describes in plain words the reason of a failed delivery and the property to set, if the client of the target does
 * not. The client's message follows. If a client does not report whether a server answers, this class connects to the
 * server, which takes up to two seconds for each address.
 *
 * <p>Exceptions are identified by the names of their classes, so the client of a target is not loaded before it fails.
 */
public final class PlainReason {

    /** Answers of FTP servers to a login without TLS, in addition to the answers to a wrong login. */
    private static final Set<Integer> FTP_UNAVAILABLE = Set.of(421, 503, 550);

    private static final Pattern ABOUT_TLS = Pattern.compile("(?i)\\b(TLS|SSL|encryption|encrypted|cleartext)\\b");

    private static final String KAFKA = "org.apache.kafka.common.errors.";

    private PlainReason() {}

    /**
     * One line for the log.
     *
     * @param prefix the prefix of the target's properties, {@code framegate.deliver.ftp.}
     * @param property returns the value of a property without this prefix, or an empty text
     */
    public static String of(Throwable failure, String prefix, UnaryOperator<String> property) {
        String words = words(failure, prefix, property);
        return words.isEmpty() ? Reason.of(failure) : words + " <- " + Reason.of(failure);
    }

    /** Whether the target refuses user, password or key. */
    public static boolean isLogin(Throwable failure) {
        return Refusals.isLogin(failure);
    }

    /** The description without the client's message. Empty if there is none. */
    public static String words(Throwable failure, String prefix, UnaryOperator<String> property) {
        String certificate = certificate(failure);
        if (!certificate.isEmpty()) {
            return certificate;
        }
        String withoutTls = ftpTls(failure, prefix, property);
        if (!withoutTls.isEmpty()) {
            return withoutTls;
        }
        if (Refusals.isLogin(failure)) {
            String user = property.apply("user");
            return "the target refuses the login " + (user.isEmpty() ? "" : "of user " + user + " ") + "(expected: "
                    + prefix + login(property) + " as the target knows them)";
        }
        if (cause(failure, "io.framegate.outbox.deliver.MqttNotConnectedException")
                        instanceof MqttNotConnectedException refused
                && refused.isVersion()) {
            return "the broker does not speak this version of MQTT (expected: " + prefix + "version=3.1.1, or =5)";
        }
        if (cause(failure, "software.amazon.awssdk.services.s3.model.NoSuchBucketException") != null) {
            return "the server answers, but has no bucket " + property.apply("bucket")
                    + " (expected: one that exists in " + prefix + "bucket)";
        }
        Throwable client = cause(failure, "software.amazon.awssdk.core.exception.SdkClientException");
        if (client != null && String.valueOf(client.getMessage()).startsWith("Unable to load credentials")) {
            return "there are no credentials (expected: " + prefix + "access-key and .secret-key, or those of the AWS"
                    + " SDK, like AWS_ACCESS_KEY_ID)";
        }
        if (cause(failure, "jakarta.jms.InvalidDestinationException") != null) {
            return "the broker answers, but has no destination " + property.apply("destination")
                    + " (expected: one that exists in " + prefix + "destination)";
        }
        Throwable hostKey = cause(failure, "com.jcraft.jsch.JSchUnknownHostKeyException");
        if (hostKey != null || cause(failure, "com.jcraft.jsch.JSchChangedHostKeyException") != null) {
            return "the key of the server " + (hostKey == null ? "is another one than" : "is not") + " in "
                    + property.apply("known-hosts") + " (expected: its line of ssh-keyscan in " + prefix
                    + "known-hosts)";
        }
        if (cause(failure, KAFKA + "UnknownTopicOrPartitionException") != null) {
            return "the brokers answer, but have no topic " + property.apply("topic")
                    + " (expected: one that exists in " + prefix + "topic)";
        }
        if (cause(failure, "io.framegate.outbox.deliver.NotKafkaException") instanceof NotKafkaException other) {
            return other.getMessage()
                    + (other.isTls()
                            ? " (expected: " + prefix + "security-protocol=SSL, or SASL_SSL)"
                            : " (expected: Kafka at " + prefix + "brokers)");
        }
        boolean kafka = cause(failure, KAFKA + "TimeoutException") != null
                || cause(failure, "org.apache.kafka.common.KafkaException") != null;
        if (!kafka && !isOfABroker(failure)) {
            return "";
        }
        Addresses addresses = Addresses.of(property);
        String unanswered = addresses.unanswered();
        if (!unanswered.isEmpty()) {
            return unanswered;
        }
        // Artemis' client does not report why TLS fails.
        IOException tls = addresses.overTls() ? addresses.tlsFailure() : null;
        String untrusted = tls == null ? "" : certificate(tls);
        if (!untrusted.isEmpty()) {
            return untrusted;
        }
        if (tls != null && Addresses.isWithoutTls(tls)) {
            return "the port speaks no TLS (expected: TLS at " + prefix + addresses.property() + ")";
        }
        return kafka ? kafkaSilent(prefix, property) : "";
    }

    /** The description if an FTP server accepts no login without TLS, or has no TLS; else empty. */
    private static String ftpTls(Throwable failure, String prefix, UnaryOperator<String> property) {
        for (Throwable cause : causes(failure)) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof GenericFileOperationFailedException answer
                    && property.apply("tls").equals("false")
                    && (Refusals.isLogin(answer) || FTP_UNAVAILABLE.contains(answer.getCode()))
                    && ABOUT_TLS.matcher(message).find()) {
                return "the server takes no login without TLS (expected: " + prefix + "tls=true)";
            }
            if (cause instanceof SSLException
                    && property.apply("tls").equals("true")
                    && message.matches("(?s)[45][0-9]{2}[ -].*")) {
                return "the server refuses TLS (expected: " + prefix + "tls=false, or a server with TLS)";
            }
        }
        return "";
    }

    private static String login(UnaryOperator<String> property) {
        if (!property.apply("access-key").isEmpty()) {
            return "access-key and .secret-key";
        }
        return property.apply("private-key").isEmpty() ? "user and .password" : "user, .private-key and .password";
    }

    /** The description if a port accepts connections, but does not answer that the topic is missing. */
    private static String kafkaSilent(String prefix, UnaryOperator<String> property) {
        return "somebody listens at " + property.apply("brokers") + ", but gave no answer about the topic "
                + property.apply("topic") + " (expected: a Kafka broker with " + prefix + "security-protocol="
                + property.apply("security-protocol") + ", whose advertised.listeners this machine can reach)";
    }

    /** Whether the failure comes from a client that reports only that it is not connected. */
    private static boolean isOfABroker(Throwable failure) {
        return !Refusals.isRefusal(failure)
                && (cause(failure, "jakarta.jms.JMSException") != null
                        || cause(failure, "org.eclipse.paho.mqttv5.common.MqttException") != null);
    }

    private static String certificate(Throwable failure) {
        String trusted = "signed by an authority in the trust store " + trustStore()
                + "; -Djavax.net.ssl.trustStore names another one)";
        for (Throwable cause : causes(failure)) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateExpiredException) {
                return "the certificate of the target has expired";
            }
            if (cause instanceof CertPathBuilderException) {
                return "the certificate of the target is not trusted (expected: " + trusted;
            }
            if ((cause instanceof InvalidAlgorithmParameterException && message.contains("trustAnchors"))
                    || message.contains("No X509TrustManager implementation available")) {
                return "no certificate is trusted, because the trust store is empty or missing (expected: " + trusted;
            }
            if (cause instanceof CertificateException
                    && message.matches("(?s)No (subject alternative|name matching).*")) {
                return "the certificate of the target is for another host (expected: the host of the property)";
            }
        }
        return "";
    }

    /** The path of the trust store that Java reads. */
    private static String trustStore() {
        String given = System.getProperty("javax.net.ssl.trustStore", "");
        if (!given.isEmpty()) {
            return given + (Files.isReadable(Path.of(given)) ? "" : " (which cannot be read)");
        }
        Path security = Path.of(System.getProperty("java.home"), "lib", "security");
        Path own = security.resolve("jssecacerts");
        return (Files.exists(own) ? own : security.resolve("cacerts")).toString();
    }

    private static @Nullable Throwable cause(Throwable failure, String type) {
        return causes(failure).stream()
                .filter(cause -> Stream.<Class<?>>iterate(cause.getClass(), Objects::nonNull, Class::getSuperclass)
                        .anyMatch(one -> one.getName().equals(type)))
                .findFirst()
                .orElse(null);
    }

    /** The causes of a failure, at most 20, because they may form a circle. */
    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .toList();
    }
}
