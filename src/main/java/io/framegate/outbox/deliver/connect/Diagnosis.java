package io.framegate.outbox.deliver.connect;

import io.framegate.log.Reason;
import io.framegate.outbox.deliver.Addresses;
import io.framegate.outbox.deliver.PlainReason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Says why a target was not reached, in the words of {@link PlainReason}. Where the client has not said enough, this
 * looks itself: whether somebody listens, whether TLS works, and which protocol the port speaks.
 */
final class Diagnosis {

    private static final Map<String, String> SPOKEN = Map.of(
            "ftp", "FTP",
            "ftps", "FTP",
            "sftp", "SSH",
            "aws2-s3", "HTTP",
            "http", "HTTP",
            "jms", "Artemis",
            "amqp", "AMQP",
            "kafka", "Kafka",
            "paho-mqtt5", "MQTT");

    private static final Set<String> OVER_TLS = Set.of("https", "ssl", "amqps", "wss", "amqpwss");

    private static final List<String> SECRETS = List.of("password", "secret-key", "access-key");

    private final String scheme;
    private final TargetProperties properties;

    Diagnosis(String scheme, TargetProperties properties) {
        this.scheme = scheme;
        this.properties = properties;
    }

    /** One line. */
    String of(Throwable failure) {
        return Reason.line(words(failure));
    }

    private String words(Throwable failure) {
        if (failure instanceof NotReadyException) {
            return String.valueOf(failure.getMessage());
        }
        Addresses addresses = Addresses.of(properties::get);
        String silent = addresses.silent();
        if (!silent.isEmpty() && !PlainReason.isLogin(failure)) {
            return silent + server();
        }
        String words = PlainReason.words(failure, properties.prefix(), properties::get);
        if (words.isEmpty() && isTls()) {
            words = PlainReason.words(addresses.tlsFailure(), properties.prefix(), properties::get);
        }
        if (words.isEmpty()) {
            words = otherProtocol(addresses.spoken());
        }
        if (words.isEmpty()) {
            return failure instanceof TimeoutException ? failure.getMessage() + server() : said(failure);
        }
        // The line begins with the addresses.
        String all = addresses.toString();
        return words.startsWith(all + " ") ? "the port" + words.substring(all.length()) : words;
    }

    /** The client's words, without a secret that it may have put into them. */
    private String said(Throwable failure) {
        String said = Reason.of(failure);
        for (String secret : SECRETS) {
            String value = properties.get(secret);
            said = value.isEmpty() ? said : said.replace(value, "***");
        }
        return said;
    }

    private String server() {
        return " (expected: the address of the server in " + addressProperty() + ")";
    }

    private String otherProtocol(String spoken) {
        String expected = isTls() ? "TLS" : SPOKEN.getOrDefault(scheme, "");
        return spoken.isEmpty() || spoken.contains(expected)
                ? ""
                : "the port speaks " + spoken + " (expected: " + expected + " at " + addressProperty() + ")";
    }

    private boolean isTls() {
        String url = properties.get("url") + properties.get("endpoint");
        return OVER_TLS.contains(url.replaceFirst("(?s):.*", ""))
                || url.contains("sslEnabled=true")
                || properties.get("security-protocol").endsWith("SSL");
    }

    private String addressProperty() {
        for (String name : List.of("brokers", "url", "endpoint")) {
            if (!properties.get(name).isEmpty()) {
                return properties.names(name);
            }
        }
        return properties.get("host").isEmpty() ? properties.prefix() + "*" : properties.names("host", "port");
    }
}
