package io.framegate;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import io.framegate.it.target.BrokerTarget;
import io.framegate.it.target.Certificate;
import io.framegate.it.target.FtpTarget;
import io.framegate.it.target.HttpTarget;
import io.framegate.it.target.KafkaTarget;
import io.framegate.it.target.S3Target;
import io.framegate.it.target.SftpTarget;
import io.framegate.it.target.TargetServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What {@code check --connect} says of right and wrong targets at real servers. It leaves nothing there. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ConnectIT {

    private static final String HERE = "127.0.0.1:";
    private static final String LOGIN = "the target refuses the login of user framegate (expected: framegate.deliver.$"
            + ".user and .password as the target knows them)";
    private static final String UNTRUSTED =
            "the certificate of the target is not trusted (expected: signed by an authority"
                    + " in the trust store .../cacerts; -Djavax.net.ssl.trustStore names another one)";
    private static final String SILENT =
            "nothing listens there (expected: the address of the server in framegate.deliver.$)";
    private static final String UNKNOWN =
            "the name of the host cannot be resolved (expected: the address of the server in framegate.deliver.$)";
    private static final Map<String, String> WRONG_PASSWORD = Map.of("password", "test-secret-wrong");

    @TempDir
    private static Path directory = Path.of(".");

    private static FtpTarget ftp;
    private static SftpTarget sftp;
    private static HttpTarget http;
    private static HttpTarget https;

    private final int unusedPort = GatewayProcess.freePort();

    @TempDir
    private Path installation = Path.of(".");

    @BeforeAll
    static void startServers() {
        Certificate certificate = Certificate.in(directory.resolve("certificate"));
        ftp = FtpTarget.plain(directory);
        sftp = SftpTarget.withPassword(directory);
        http = new HttpTarget();
        https = HttpTarget.overTls(certificate);
        List.of(ftp, sftp, http, https).forEach(TargetServer::start);
    }

    @AfterAll
    static void stopServers() {
        List.of(ftp, sftp, http, https).forEach(TargetServer::close);
    }

    private ConnectCases cases(TargetServer server, int documentedPort) {
        String documented = "192.0.2.1:" + documentedPort;
        return new ConnectCases(installation)
                .writing(HERE + ConnectCases.port(server), documented)
                .writing(HERE + ConnectCases.port(ftp), documented)
                .writing(HERE + ConnectCases.port(sftp), documented)
                .writing(HERE + ConnectCases.port(http), documented)
                .writing(HERE + ConnectCases.port(https), documented)
                .writing(HERE + unusedPort, documented);
    }

    @Test
    void file() throws Exception {
        Path writable = Files.createDirectories(directory.resolve("share/images"));
        Path file = Files.createFile(directory.resolve("share/a-file"));
        new ConnectCases(installation)
                .writing(directory.resolve("share") + "", "/mnt/share")
                .target(
                        "file",
                        "right",
                        Map.of("directory", writable + ""),
                        "ok  directory /mnt/share/images/ is writable")
                .target(
                        "file",
                        "made",
                        Map.of("directory", directory.resolve("share/new/deep") + ""),
                        "ok  directory /mnt/share/new/deep/ is missing and the first image makes it")
                .target(
                        "file",
                        "below-a-file",
                        Map.of("directory", file.resolve("images") + ""),
                        "directory /mnt/share/a-file/images/ is missing, and it cannot be made: a file has this name"
                                + " (expected: one that exists in framegate.deliver.file.directory)")
                .check();
        assertThat(ConnectCases.below(directory.resolve("share"))).containsExactlyInAnyOrder("images", "a-file");
    }

    @Tag("faults")
    @Test
    void ftp() throws Exception {
        ftp.refuse(name -> name.startsWith("closed/"));
        FtpTarget secure = FtpTarget.tls(directory.resolve("ftps"), Certificate.in(directory.resolve("ftps")));
        try (secure) {
            secure.start();
            cases(ftp, 21)
                    .writing(HERE + ConnectCases.port(secure), "192.0.2.1:21")
                    .writing("ftp.invalid:" + ConnectCases.port(ftp), "ftp.invalid:21")
                    .target("ftp", "right", ftp, Map.of(), "ok  192.0.2.1:21, directory images/ is writable")
                    .target(
                            "ftp",
                            "made",
                            ftp,
                            Map.of("directory", "images/new/deep"),
                            "ok  192.0.2.1:21, directory images/new/deep/ is missing and the first image makes it")
                    .target(
                            "ftp",
                            "closed",
                            ftp,
                            Map.of("directory", "images/closed"),
                            "192.0.2.1:21: directory images/closed/ is not writable: 553 Not allowed. (expected:"
                                    + " permission to write, or another one in framegate.deliver.ftp.directory)")
                    .target("ftp", "password", ftp, WRONG_PASSWORD, "192.0.2.1:21: " + LOGIN.replace("$", "ftp"))
                    .target(
                            "ftp",
                            "port",
                            ftp,
                            Map.of("port", unusedPort + ""),
                            "192.0.2.1:21: " + SILENT.replace("$", "ftp.host and .port"))
                    .target(
                            "ftp",
                            "host",
                            ftp,
                            Map.of("host", "ftp.invalid"),
                            "ftp.invalid:21: " + UNKNOWN.replace("$", "ftp.host and .port"))
                    .target(
                            "ftp",
                            "ssh",
                            ftp,
                            Map.of("port", ConnectCases.port(sftp)),
                            "192.0.2.1:21: the port speaks SSH (expected: FTP at framegate.deliver.ftp.host and .port)")
                    .target(
                            "ftp",
                            "web",
                            ftp,
                            Map.of("port", ConnectCases.port(http)),
                            "192.0.2.1:21: the port speaks HTTP (expected: FTP at framegate.deliver.ftp.host and"
                                    + " .port)")
                    .target("ftp", "untrusted", secure, Map.of(), "192.0.2.1:21: " + UNTRUSTED)
                    .target(
                            "ftp",
                            "plain-at-tls",
                            secure,
                            Map.of("tls", "false"),
                            "192.0.2.1:21: the server takes no login without TLS (expected:"
                                    + " framegate.deliver.ftp.tls=true)")
                    .target(
                            "ftp",
                            "tls-at-plain",
                            ftp,
                            Map.of("tls", "true"),
                            "192.0.2.1:21: the server refuses TLS (expected: framegate.deliver.ftp.tls=false, or a"
                                    + " server with TLS)")
                    .check();
        }
        assertThat(ConnectCases.below(directory.resolve("ftp"))).containsExactly("images");
    }

    @Tag("faults")
    @Test
    void sftp() throws Exception {
        sftp.refuse(name -> name.startsWith("closed/"));
        Files.createFile(directory.resolve("sftp/a-file"));
        cases(sftp, 22)
                .writing("sftp.invalid:" + ConnectCases.port(sftp), "sftp.invalid:22")
                .writing(directory.resolve("nowhere") + "", "/home/me/.ssh/known_hosts")
                .target(
                        "sftp",
                        "closed",
                        sftp,
                        Map.of("directory", "images/closed"),
                        "192.0.2.1:22: directory images/closed/ is not writable: Permission denied (expected:"
                                + " permission to write, or another one in framegate.deliver.sftp.directory)")
                .target(
                        "sftp",
                        "below-a-file",
                        sftp,
                        Map.of("directory", "a-file/images"),
                        "192.0.2.1:22: directory a-file/images/ is missing, and it cannot be made: File/Directory"
                                + " already exists (expected: one that exists in framegate.deliver.sftp.directory)")
                .target(
                        "sftp",
                        "key",
                        sftp,
                        Map.of("private-key", otherKey(), "password", ""),
                        "192.0.2.1:22: the target refuses the login of user framegate (expected:"
                                + " framegate.deliver.sftp.user, .private-key and .password as the target knows them)")
                .target(
                        "sftp",
                        "host",
                        sftp,
                        Map.of("host", "sftp.invalid"),
                        "sftp.invalid:22: " + UNKNOWN.replace("$", "sftp.host and .port"))
                .target("sftp", "right", sftp, Map.of(), "ok  192.0.2.1:22, directory images/ is writable")
                .target(
                        "sftp",
                        "made",
                        sftp,
                        Map.of("directory", "images/new/deep"),
                        "ok  192.0.2.1:22, directory images/new/deep/ is missing and the first image makes it")
                .target("sftp", "password", sftp, WRONG_PASSWORD, "192.0.2.1:22: " + LOGIN.replace("$", "sftp"))
                .target(
                        "sftp",
                        "host-key",
                        sftp,
                        Map.of("known-hosts", directory.resolve("nowhere") + ""),
                        "192.0.2.1:22: the key of the server is not in /home/me/.ssh/known_hosts (expected: its line of"
                                + " ssh-keyscan in framegate.deliver.sftp.known-hosts)")
                .target(
                        "sftp",
                        "port",
                        sftp,
                        Map.of("port", unusedPort + ""),
                        "192.0.2.1:22: " + SILENT.replace("$", "sftp.host and .port"))
                .target(
                        "sftp",
                        "web",
                        sftp,
                        Map.of("port", ConnectCases.port(http)),
                        "192.0.2.1:22: the port speaks HTTP (expected: SSH at framegate.deliver.sftp.host and .port)")
                .check();
        assertThat(ConnectCases.below(directory.resolve("sftp"))).containsExactlyInAnyOrder("images", "a-file");
    }

    /** A private key that the server does not know. */
    private static String otherKey() {
        return SftpTarget.withKey(directory.resolve("other"))
                .properties()
                .getOrDefault("framegate.deliver.sftp.private-key", "");
    }

    @Tag("faults")
    @Test
    void http() throws Exception {
        cases(http, 8000)
                .target("http", "right", http, Map.of(), "ok  192.0.2.1:8000, answers HEAD with 204")
                .target("http", "password", http, WRONG_PASSWORD, "192.0.2.1:8000: " + LOGIN.replace("$", "http"))
                .target(
                        "http",
                        "path",
                        http,
                        Map.of("url", "http://" + HERE + ConnectCases.port(http) + "/nowhere?key=test-secret"),
                        "ok  192.0.2.1:8000, answers HEAD with 404; only an image shows whether it takes images")
                .target(
                        "http",
                        "port",
                        http,
                        Map.of("url", "http://" + HERE + unusedPort + "/images"),
                        "192.0.2.1:8000: " + SILENT.replace("$", "http.url"))
                .target(
                        "http",
                        "ssh",
                        http,
                        Map.of("url", "http://" + HERE + ConnectCases.port(sftp) + "/images"),
                        "192.0.2.1:8000: the port speaks SSH (expected: HTTP at framegate.deliver.http.url)")
                .target(
                        "http",
                        "no-tls",
                        http,
                        Map.of("url", "https://" + HERE + ConnectCases.port(http) + "/images"),
                        "192.0.2.1:8000: the port speaks HTTP (expected: TLS at framegate.deliver.http.url)")
                .target(
                        "http",
                        "host",
                        http,
                        Map.of("url", "http://http.invalid:8000/images"),
                        "http.invalid:8000: " + UNKNOWN.replace("$", "http.url"))
                .target(
                        "http",
                        "plain-at-tls",
                        http,
                        Map.of("url", "http://" + HERE + ConnectCases.port(https) + "/images"),
                        "192.0.2.1:8000: the port speaks TLS (expected: framegate.deliver.http.url=https://...)")
                .target("http", "untrusted", https, Map.of(), "192.0.2.1:8000: " + UNTRUSTED)
                .check();
        // The tests' server keeps every request that it answers.
        assertThat(http.delivered())
                .allSatisfy(
                        request -> assertThat(request.metadata().get("Request")).startsWith("HEAD "));
    }

    private ConnectCases broker(String kind, int port, TargetServer broker, String scheme, String secure) {
        return cases(broker, port)
                .target(kind, "password", broker, WRONG_PASSWORD, "192.0.2.1:" + port + ": " + LOGIN.replace("$", kind))
                .target(
                        kind,
                        "port",
                        broker,
                        Map.of("url", scheme + "://" + HERE + unusedPort),
                        "192.0.2.1:" + port + ": " + SILENT.replace("$", kind + ".url"))
                .target(
                        kind,
                        "host",
                        broker,
                        Map.of("url", scheme + "://broker.invalid:" + port),
                        "broker.invalid:" + port + ": " + UNKNOWN.replace("$", kind + ".url"))
                .target(
                        kind,
                        "untrusted",
                        broker,
                        Map.of("url", secure.replace("%s", HERE + ConnectCases.port(https))),
                        "192.0.2.1:" + port + ": " + UNTRUSTED);
    }

    private ConnectCases withSsh(ConnectCases cases, String kind, int port, TargetServer broker, String protocol) {
        String scheme = kind.equals("amqp") ? "amqp://" : "tcp://";
        return cases.target(
                kind,
                "ssh",
                broker,
                Map.of("url", scheme + HERE + ConnectCases.port(sftp)),
                "192.0.2.1:" + port + ": the port speaks SSH (expected: " + protocol + " at framegate.deliver." + kind
                        + ".url)");
    }

    /** Their clients wait until the check gives up. */
    @Test
    @Tag("faults")
    void brokersWithAndWithoutTls() throws Exception {
        try (BrokerTarget jms = BrokerTarget.jms(directory.resolve("jms"));
                BrokerTarget amqp = BrokerTarget.amqp(directory.resolve("amqp"));
                BrokerTarget mqtt = BrokerTarget.mqtt(directory.resolve("mqtt"))) {
            ConnectCases cases = cases(jms, 1);
            withTls(cases, "jms", jms, "tcp://%s?sslEnabled=true");
            withTls(cases, "amqp", amqp, "amqps://%s");
            withTls(cases, "mqtt", mqtt, "ssl://%s").checkLines();
        }
    }

    private ConnectCases withTls(ConnectCases cases, String kind, BrokerTarget broker, String secure) {
        broker.start();
        String url = "framegate.deliver." + kind + ".url";
        String plain = broker.url("127.0.0.1").replaceFirst("[0-9]+$", ConnectCases.port(https));
        return cases.writing(HERE + ConnectCases.port(broker), "192.0.2.1:1")
                .target(
                        kind,
                        kind + "-plain-at-tls",
                        broker,
                        Map.of("url", plain),
                        "192.0.2.1:1: the port speaks TLS (expected: " + url + "=" + secure.replace("%s", "...") + ")")
                .target(
                        kind,
                        kind + "-tls-at-plain",
                        broker,
                        Map.of("url", secure.replace("%s", HERE + ConnectCases.port(broker))),
                        "192.0.2.1:1: the port speaks no TLS (expected: TLS at " + url + ")");
    }

    @Test
    void jms() throws Exception {
        try (BrokerTarget broker = BrokerTarget.jms(directory.resolve("jms")).withoutAutoCreation()) {
            broker.start();
            withSsh(broker("jms", 61616, broker, "tcp", "tcp://%s?sslEnabled=true"), "jms", 61616, broker, "Artemis")
                    .target("jms", "right", broker, Map.of(), "ok  192.0.2.1:61616, queue framegate.images exists")
                    .target(
                            "jms",
                            "queue",
                            broker,
                            Map.of("destination", "nowhere"),
                            "192.0.2.1:61616: the broker answers, but has no destination nowhere (expected: one that"
                                    + " exists in framegate.deliver.jms.destination)")
                    .check();
            assertThat(broker.delivered()).isEmpty();
        }
    }

    @Tag("faults")
    @Test
    void amqp() throws Exception {
        try (BrokerTarget broker = BrokerTarget.amqp(directory.resolve("amqp")).withoutAutoCreation()) {
            broker.start();
            withSsh(broker("amqp", 5672, broker, "amqp", "amqps://%s"), "amqp", 5672, broker, "AMQP")
                    .target(
                            "amqp",
                            "right",
                            broker,
                            Map.of(),
                            "ok  192.0.2.1:5672, queue framegate.images takes messages")
                    .target(
                            "amqp",
                            "queue",
                            broker,
                            Map.of("destination", "nowhere"),
                            "192.0.2.1:5672: the broker answers, but has no destination nowhere (expected: one that"
                                    + " exists in framegate.deliver.amqp.destination)")
                    .check();
            assertThat(broker.delivered()).isEmpty();
        }
    }

    @Tag("faults")
    @Test
    void mqtt() throws Exception {
        try (BrokerTarget broker = BrokerTarget.mqtt(directory.resolve("mqtt"))) {
            broker.start();
            Map<String, String> old = Map.of("version", "3.1.1");
            withSsh(broker("mqtt", 1883, broker, "tcp", "ssl://%s"), "mqtt", 1883, broker, "MQTT")
                    .target("mqtt", "right", broker, Map.of(), "ok  192.0.2.1:1883, logged in")
                    .target("mqtt", "older", broker, old, "ok  192.0.2.1:1883, logged in")
                    .target(
                            "mqtt",
                            "older-password",
                            broker,
                            Map.of("version", "3.1.1", "password", "test-secret-wrong"),
                            "192.0.2.1:1883: " + LOGIN.replace("$", "mqtt"))
                    .check();
            assertThat(broker.delivered()).isEmpty();
        }
    }

    @Test
    @Tag("faults")
    void s3() throws Exception {
        try (S3Target server = new S3Target(directory)) {
            server.start();
            String keys = "192.0.2.1:9000: the target refuses the login (expected: framegate.deliver.s3.access-key and"
                    + " .secret-key as the target knows them)";
            cases(server, 9000)
                    .target("s3", "right", server, Map.of(), "ok  192.0.2.1:9000, bucket framegate-images exists")
                    .target(
                            "s3",
                            "bucket",
                            server,
                            Map.of("bucket", "nowhere"),
                            "192.0.2.1:9000: the server answers, but has no bucket nowhere (expected: one that exists"
                                    + " in framegate.deliver.s3.bucket)")
                    .target("s3", "secret-key", server, Map.of("secret-key", "test-secret-wrong"), keys)
                    .target("s3", "access-key", server, Map.of("access-key", "nobody"), keys)
                    .target(
                            "s3",
                            "port",
                            server,
                            Map.of("endpoint", "http://" + HERE + unusedPort),
                            "192.0.2.1:9000: " + SILENT.replace("$", "s3.endpoint"))
                    .target(
                            "s3",
                            "ssh",
                            server,
                            Map.of("endpoint", "http://" + HERE + ConnectCases.port(sftp)),
                            "192.0.2.1:9000: the port speaks SSH (expected: HTTP at framegate.deliver.s3.endpoint)")
                    .target(
                            "s3",
                            "host",
                            server,
                            Map.of("endpoint", "http://s3.invalid:9000"),
                            "s3.invalid:9000: " + UNKNOWN.replace("$", "s3.endpoint"))
                    .target(
                            "s3",
                            "tls-at-plain",
                            server,
                            Map.of("endpoint", "https://" + HERE + ConnectCases.port(http)),
                            "192.0.2.1:9000: the port speaks HTTP (expected: TLS at framegate.deliver.s3.endpoint)")
                    .target(
                            "s3",
                            "plain-at-tls",
                            server,
                            Map.of("endpoint", "http://" + HERE + ConnectCases.port(https)),
                            "192.0.2.1:9000: the port speaks TLS (expected: framegate.deliver.s3.endpoint=https://...)")
                    .target(
                            "s3",
                            "untrusted",
                            server,
                            Map.of("endpoint", "https://" + HERE + ConnectCases.port(https)),
                            "192.0.2.1:9000: " + UNTRUSTED)
                    .check();
            assertThat(server.delivered()).isEmpty();
        }
    }

    @Test
    @Tag("faults")
    void kafka() throws Exception {
        try (KafkaTarget server = new KafkaTarget(directory)) {
            server.start();
            cases(server, 9092)
                    .target(
                            "kafka",
                            "right",
                            server,
                            Map.of(),
                            "ok  192.0.2.1:9092, topic framegate.images has 1 partition")
                    .target(
                            "kafka",
                            "topic",
                            server,
                            Map.of("topic", "nowhere"),
                            "192.0.2.1:9092: the brokers answer, but have no topic nowhere (expected: one that exists"
                                    + " in framegate.deliver.kafka.topic)")
                    .target(
                            "kafka",
                            "password",
                            server,
                            WRONG_PASSWORD,
                            "192.0.2.1:9092: " + LOGIN.replace("$", "kafka"))
                    .target(
                            "kafka",
                            "port",
                            server,
                            Map.of("brokers", HERE + unusedPort),
                            "192.0.2.1:9092: " + SILENT.replace("$", "kafka.brokers"))
                    .target(
                            "kafka",
                            "ssh",
                            server,
                            Map.of("brokers", HERE + ConnectCases.port(sftp)),
                            "192.0.2.1:9092: the port speaks SSH (expected: Kafka at framegate.deliver.kafka.brokers)")
                    .target(
                            "kafka",
                            "host",
                            server,
                            Map.of("brokers", "kafka.invalid:9092"),
                            "kafka.invalid:9092: " + UNKNOWN.replace("$", "kafka.brokers"))
                    .target(
                            "kafka",
                            "plain-at-tls",
                            server,
                            Map.of("brokers", HERE + ConnectCases.port(https)),
                            "192.0.2.1:9092: the port speaks TLS (expected:"
                                    + " framegate.deliver.kafka.security-protocol=SSL, or SASL_SSL)")
                    .target(
                            "kafka",
                            "tls-at-plain",
                            server,
                            Map.of("security-protocol", "SASL_SSL"),
                            "192.0.2.1:9092: the port speaks no TLS (expected: TLS at framegate.deliver.kafka.brokers)")
                    .target(
                            "kafka",
                            "no-login",
                            server,
                            Map.of("security-protocol", "PLAINTEXT", "sasl", "NONE", "user", "", "password", ""),
                            "192.0.2.1:9092: somebody listens at 192.0.2.1:9092, but gave no answer about the topic"
                                    + " framegate.images (expected: a Kafka broker with"
                                    + " framegate.deliver.kafka.security-protocol=PLAINTEXT, whose advertised.listeners"
                                    + " this machine can reach)")
                    .target(
                            "kafka",
                            "untrusted",
                            server,
                            Map.of("brokers", HERE + ConnectCases.port(https), "security-protocol", "SASL_SSL"),
                            "192.0.2.1:9092: " + UNTRUSTED)
                    .check();
            assertThat(server.delivered()).isEmpty();
        }
    }
}
