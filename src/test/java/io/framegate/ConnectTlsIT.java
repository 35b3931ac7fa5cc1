package io.framegate;

import io.framegate.it.target.BrokerTarget;
import io.framegate.it.target.Certificate;
import io.framegate.it.target.FtpTarget;
import io.framegate.it.target.HttpTarget;
import io.framegate.it.target.KafkaTarget;
import io.framegate.it.target.S3Target;
import io.framegate.it.target.TargetServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** All kinds of targets that know TLS, at real servers whose certificate an authority of one's own has signed. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@Tag("faults")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ConnectTlsIT {

    private static final String STORE = "-Djavax.net.ssl.trustStore=";
    private static final String PASSWORD = "-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD;

    @TempDir
    private Path directory = Path.of(".");

    @SuppressWarnings("NullAway.Init")
    private Certificate certificate;

    private final Map<String, TargetServer> servers = new LinkedHashMap<>();
    private String s3 = "";

    @BeforeEach
    void startServers() {
        certificate = Certificate.in(directory.resolve("certificate"));
        S3Target objects = new S3Target(directory);
        s3 = objects.overTls(certificate);
        servers.put("ftp", FtpTarget.tls(directory.resolve("ftp"), certificate));
        servers.put("s3", objects);
        servers.put("http", HttpTarget.overTls(certificate));
        servers.put("jms", BrokerTarget.jms(directory.resolve("jms")).overTls(certificate));
        servers.put("amqp", BrokerTarget.amqp(directory.resolve("amqp")).overTls(certificate));
        servers.put("mqtt", BrokerTarget.mqtt(directory.resolve("mqtt")).overTls(certificate));
        servers.put("kafka", KafkaTarget.overTls(directory, certificate));
        servers.values().forEach(TargetServer::start);
    }

    @AfterEach
    void stopServers() {
        servers.values().forEach(TargetServer::close);
    }

    private ConnectCases cases(String installation) {
        ConnectCases cases = new ConnectCases(directory.resolve(installation));
        servers.values().forEach(server -> cases.writing("127.0.0.1:" + ConnectCases.port(server), "here")
                .writing("localhost:" + ConnectCases.port(server), "here"));
        return cases.writing(s3.replace("https://", ""), "here")
                .writing(s3.replace("https://127.0.0.1", "localhost"), "here")
                .writing(certificate.trustStore().toString(), "trusted.p12")
                .writing(directory.toString(), "");
    }

    /** A case for each kind; the name of the host is no part of the certificate if it is another one. */
    private ConnectCases all(ConnectCases cases, String name, String host, Map<String, String> lines) {
        servers.forEach((kind, server) -> cases.target(
                kind,
                kind + "-" + name,
                server,
                at(kind, server, host),
                lines.getOrDefault(kind, lines.getOrDefault("", ""))));
        return cases;
    }

    private Map<String, String> at(String kind, TargetServer server, String host) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put(kind.equals("ftp") ? "host" : "concurrency", kind.equals("ftp") ? host : "1");
        if (kind.equals("s3")) {
            given.put("endpoint", s3.replace("127.0.0.1", host));
        }
        server.properties().forEach((property, value) -> {
            if (property.endsWith(".url") || property.endsWith(".brokers")) {
                given.put(property.replaceFirst(".*\\.", ""), value.replace("127.0.0.1", host));
            }
        });
        return given;
    }

    @Test
    void trustStoreOfJavaIsThatOfEachTargetAndTheCertificateMustNameTheHost() throws Exception {
        ConnectCases cases = cases("trusting").inAProcess(STORE + certificate.trustStore(), PASSWORD);
        all(
                cases,
                "right",
                "127.0.0.1",
                Map.of(
                        "ftp", "ok  here, directory images/ is writable",
                        "s3", "ok  here, bucket framegate-images exists",
                        "http", "ok  here, answers HEAD with 204",
                        "jms", "ok  here, queue framegate.images exists",
                        "amqp", "ok  here, queue framegate.images takes messages",
                        "mqtt", "ok  here, logged in",
                        "kafka", "ok  here, topic framegate.images has 1 partition"));
        String otherHost =
                "here: the certificate of the target is for another host (expected: the host of the" + " property)";
        all(cases, "name", "localhost", Map.of("", otherHost)).checkLines();
    }
}
