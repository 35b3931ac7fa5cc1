package io.framegate.outbox.deliver.connect;

import io.framegate.log.Reason;
import io.framegate.outbox.deliver.Addresses;
import io.framegate.outbox.deliver.PlainReason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Describes why a target was not reached, in the words of {@link PlainReason}. If the client's failure is not enough,
 * checks whether the port accepts connections, whether TLS works, and which protocol the port speaks.
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

    /** The form of the address property that turns TLS on. */
    private static final Map<String, String> WITH_TLS = Map.of(
            "aws2-s3", "https://...",
            "http", "https://...",
            "jms", "tcp://...?sslEnabled=true",
            "amqp", "amqps://...",
            "paho-mqtt5", "ssl://...");

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
        if (words.isEmpty()) {
            words = addresses.overTls() ? overTls(addresses) : otherProtocol(addresses.spoken());
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
        String said = Reason.plain(failure);
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
        return spoken.isEmpty() || spoken.contains(expected()) ? "" : speaks(spoken);
    }

    private String expected() {
        return Addresses.of(properties::get).overTls() ? "TLS" : SPOKEN.getOrDefault(scheme, "");
    }

    private String speaks(String spoken) {
        String withTls = spoken.equals("TLS") ? WITH_TLS.getOrDefault(scheme, "") : "";
        return "the port speaks " + spoken + " (expected: "
                + (withTls.isEmpty() ? expected() + " at " + addressProperty() : addressProperty() + "=" + withTls)
                + ")";
    }

    private String overTls(Addresses addresses) {
        IOException tls = addresses.tlsFailure();
        if (tls == null) {
            return "";
        }
        String certificate = PlainReason.words(tls, properties.prefix(), properties::get);
        if (!certificate.isEmpty() || !Addresses.isWithoutTls(tls)) {
            return certificate;
        }
        // The next request is in HTTP. A broker that does not answer a handshake would not answer this request either.
        boolean silent = tls instanceof SocketTimeoutException && !"HTTP".equals(SPOKEN.get(scheme));
        String spoken = silent ? "" : addresses.spoken();
        return speaks(spoken.isEmpty() ? "no TLS" : spoken);
    }

    private String addressProperty() {
        Addresses addresses = Addresses.of(properties::get);
        return properties.prefix() + (addresses.toString().isEmpty() ? "*" : addresses.property());
    }
}
