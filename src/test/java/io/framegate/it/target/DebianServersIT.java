package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that are neither Java's nor embedded: s3rver of npm, and vsftpd, OpenSSH, nginx, mosquitto and RabbitMQ 3 of
 * Debian. Skipped where the machine has none.
 */
@Tag("faults")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DebianServersIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final byte[] IMAGE = Pictures.bareJpeg(60_000);
    private static final byte[] LONG_IMAGE = Pictures.bareJpeg(200_000);
    private static final String WAITS = "nothing is set aside: the target has taken nothing since the start";

    private final int port = GatewayProcess.freePort();

    private static String program(String... names) {
        String program = ServerProcess.program(names);
        assumeFalse(program.isEmpty(), () -> String.join(", ", names) + " is not installed");
        return program;
    }

    private ServerProcess start(Path directory, String... command) {
        ServerProcess server = ServerProcess.of(directory, List.of(command));
        eventually(command[0], SOON).until(() -> server.listens(port));
        return server;
    }

    private static GatewayProcess gateway(Path directory, String target) {
        return new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.deliver." + target + ".enabled", "true")
                .with("framegate.deliver.retry-delay", "100ms")
                .with("framegate.deliver.max-retry-delay", "500ms")
                .with("framegate.web.enabled", "false");
    }

    private static void awaitOutbox(GatewayProcess gateway, String line) {
        eventually(line, SOON)
                .untilAsserted(() -> assertThat(DeliverIT.outbox(gateway)).contains(line));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** It knows nothing of chunks, and stores the body of a request as it comes. */
    @Test
    void s3rverStoresWhatWasSent(@TempDir Path directory) throws Exception {
        String node = program("node");
        try (ServerProcess npm = ServerProcess.of(
                directory, List.of(program("npm"), "install", "--no-audit", "--no-fund", "s3rver@3.7.1"))) {
            npm.awaitEnd();
        }
        Path objects = Files.createDirectories(directory.resolve("objects"));
        try (ServerProcess s3rver = start(
                        directory,
                        node,
                        directory.resolve("node_modules/s3rver/bin/s3rver.js").toString(),
                        "-d",
                        objects.toString(),
                        "-a",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "--configure-bucket",
                        "framegate-images");
                GatewayProcess gateway = gateway(directory, "s3")
                        .with("framegate.deliver.s3.endpoint", "http://127.0.0.1:" + port)
                        .with("framegate.deliver.s3.path-style", "true")
                        .with("framegate.deliver.s3.access-key", "S3RVER")
                        .with("framegate.deliver.s3.secret-key", "S3RVER")
                        .start()) {
            assertThat(s3rver.listens(port)).isTrue();
            DeliverIT.post(gateway, IMAGE);
            awaitOutbox(gateway, "s3 waiting=0 setAside=0");
            assertThat(files(objects).stream().filter(file -> file.toString().endsWith("_object")))
                    .singleElement()
                    .satisfies(object -> assertThat(object).hasBinaryContent(IMAGE));
        }
    }

    @Test
    void vsftpdWithoutTheRightToWriteIsWaitedFor(@TempDir Path directory) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "vsftpd runs as root only");
        String vsftpd = program("vsftpd");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = Files.createDirectories(directory.resolve("home"));
        Path closed = Files.createDirectories(home.resolve("closed"));
        Path empty = Files.createDirectories(directory.resolve("empty"));
        Path configuration = Files.write(
                directory.resolve("vsftpd.conf"),
                List.of(
                        "listen=YES",
                        "listen_address=127.0.0.1",
                        "listen_port=" + port,
                        "background=NO",
                        "anonymous_enable=YES",
                        "anon_root=" + home,
                        "no_anon_password=YES",
                        "write_enable=YES",
                        "anon_upload_enable=YES",
                        "anon_mkdir_write_enable=YES",
                        "anon_other_write_enable=YES",
                        "seccomp_sandbox=NO",
                        "secure_chroot_dir=" + empty));
        try (ServerProcess server = start(directory, vsftpd, configuration.toString());
                GatewayProcess gateway = gateway(directory, "ftp")
                        .with("framegate.deliver.ftp.host", "127.0.0.1")
                        .with("framegate.deliver.ftp.port", Integer.toString(port))
                        .with("framegate.deliver.ftp.directory", "closed")
                        .with("framegate.deliver.ftp.name", "${header.FramegateFileName}")
                        .start()) {
            assertThat(server.listens(port)).isTrue();
            DeliverIT.post(gateway, IMAGE);
            gateway.awaitLog(SOON, WAITS, "target=\"ftp\"");
            awaitOutbox(gateway, "ftp waiting=1 setAside=0");
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxrwxrwx"));
            awaitOutbox(gateway, "ftp waiting=0 setAside=0");
            assertThat(files(closed)).singleElement().satisfies(file -> assertThat(file)
                    .hasBinaryContent(IMAGE));
        }
    }

    @Test
    void opensshWithoutTheRightToWriteIsWaitedFor(@TempDir Path directory) throws Exception {
        try (ServerProcess server = openssh(directory);
                GatewayProcess gateway = sftp(directory)
                        .with("framegate.deliver.sftp.private-key", directory.resolve("client") + "")
                        .start()) {
            assertThat(server.listens(port)).isTrue();
            DeliverIT.post(gateway, IMAGE);
            gateway.awaitLog(SOON, WAITS, "target=\"sftp\"");
            awaitOutbox(gateway, "sftp waiting=1 setAside=0");
            Path closed = directory.resolve("home/closed");
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxrwxrwx"));
            awaitOutbox(gateway, "sftp waiting=0 setAside=0");
            assertThat(files(closed)).singleElement().satisfies(file -> assertThat(file)
                    .hasBinaryContent(IMAGE));
        }
    }

    /** Two images of different cameras wait for the same login. */
    @Test
    void wrongPasswordIsTriedOnceAtOpenssh(@TempDir Path directory) throws Exception {
        try (ServerProcess server = openssh(directory);
                GatewayProcess gateway = sftp(directory)
                        .with("framegate.deliver.sftp.password", "test-secret-wrong")
                        .start()) {
            assertThat(server.listens(port)).isTrue();
            DeliverIT.send(gateway, 4);
            gateway.awaitLog(SOON, "login refused: one try, then a pause", "framegate.deliver.sftp.user and .password");
            eventually("tried again", SOON).pollDelay(Duration.ofSeconds(5)).until(() -> true);
            assertThat(Files.readAllLines(directory.resolve("server.log")))
                    .filteredOn(line -> line.contains("Failed password for nobody"))
                    .hasSize(1);
            awaitOutbox(gateway, "sftp waiting=4 setAside=0");
        }
    }

    private GatewayProcess sftp(Path directory) {
        return gateway(directory, "sftp")
                .with("framegate.deliver.sftp.host", "127.0.0.1")
                .with("framegate.deliver.sftp.port", Integer.toString(port))
                .with("framegate.deliver.sftp.user", "nobody")
                .with("framegate.deliver.sftp.known-hosts", directory.resolve("known_hosts") + "")
                .with("framegate.deliver.sftp.directory", "closed")
                .with("framegate.deliver.sftp.name", "${header.FramegateFileName}");
    }

    /** Takes nobody's key; no password is right. */
    private ServerProcess openssh(Path directory) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "sshd changes to another user as root only");
        String sshd = program("sshd");
        Files.createDirectories(Path.of("/run/sshd"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(directory.resolve("home/closed"));
        for (String key : List.of("host", "client")) {
            try (ServerProcess keys = ServerProcess.of(
                    directory, List.of(program("ssh-keygen"), "-q", "-t", "ecdsa", "-m", "PEM", "-N", "", "-f", key))) {
                keys.awaitEnd();
            }
        }
        Files.writeString(
                directory.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + Files.readString(directory.resolve("host.pub")));
        Path configuration = Files.write(
                directory.resolve("sshd_config"),
                List.of(
                        "ListenAddress 127.0.0.1",
                        "Port " + port,
                        "HostKey " + directory.resolve("host"),
                        "PidFile none",
                        "UsePAM no",
                        "StrictModes no",
                        "AuthorizedKeysFile " + directory.resolve("client.pub"),
                        "Subsystem sftp internal-sftp -d " + directory.resolve("home")));
        return start(directory, sshd, "-D", "-e", "-f", configuration.toString());
    }

    /** 405 for a method that the path does not take, 404 for a path that does not exist. */
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST"})
    void nginxThatRefusesEverythingIsWaitedForUntilTheOperatorGivesUp(String method, @TempDir Path directory)
            throws Exception {
        try (ServerProcess server = nginx(directory);
                GatewayProcess gateway = gateway(directory, "http")
                        .with("framegate.deliver.http.method", method)
                        .with("framegate.deliver.http.url", "http://127.0.0.1:" + port + "/plain/")
                        .start()) {
            assertThat(server.listens(port)).isTrue();
            DeliverIT.post(gateway, IMAGE);
            gateway.awaitLog(SOON, WAITS, "framegate outbox --set-aside http");
            awaitOutbox(gateway, "http waiting=1 setAside=0");
            DeliverIT.outbox(gateway, "--set-aside", "http");
            awaitOutbox(gateway, "http waiting=0 setAside=1");
        }
    }

    @Test
    void nginxTakesImagesByPutAndThoseThatAreTooLongAreSetAside(@TempDir Path directory) throws Exception {
        try (ServerProcess server = nginx(directory);
                GatewayProcess gateway = gateway(directory, "http")
                        .with("framegate.deliver.http.method", "PUT")
                        .with(
                                "framegate.deliver.http.url",
                                "http://127.0.0.1:" + port + "/dav/${header.FramegateFileName}")
                        .start()) {
            assertThat(server.listens(port)).isTrue();
            DeliverIT.post(gateway, LONG_IMAGE);
            gateway.awaitLog(SOON, "not delivered, set aside", "413");
            DeliverIT.post(gateway, IMAGE);
            awaitOutbox(gateway, "http waiting=0 setAside=1");
            assertThat(files(directory.resolve("www/dav"))).singleElement().satisfies(file -> assertThat(file)
                    .hasBinaryContent(IMAGE));
        }
    }

    private ServerProcess nginx(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("www/dav"));
        Files.createDirectories(directory.resolve("www/plain"));
        Stream<String> temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(name -> name + "_temp_path " + directory.resolve(name) + ";");
        Path configuration = Files.writeString(
                directory.resolve("nginx.conf"),
                ("root".equals(System.getProperty("user.name")) ? "user root; " : "")
                        + "daemon off; master_process off; pid " + directory.resolve("pid") + "; error_log "
                        + directory.resolve("error.log") + "; events {} http { access_log off; "
                        + String.join(" ", temporary.toList())
                        + " server { listen 127.0.0.1:" + port + "; client_max_body_size 100k; root "
                        + directory.resolve("www") + "; location /dav/ { dav_methods PUT; } } }");
        return start(directory, program("nginx"), "-c", configuration.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void mosquittoTakesBothVersions(String version, @TempDir Path directory) throws Exception {
        Path configuration = Files.write(
                directory.resolve("mosquitto.conf"),
                List.of("listener " + port + " 127.0.0.1", "allow_anonymous true"));
        List<byte[]> arrived = new CopyOnWriteArrayList<>();
        String url = "tcp://127.0.0.1:" + port;
        try (ServerProcess server = start(directory, program("mosquitto"), "-c", configuration.toString());
                GatewayProcess gateway = gateway(directory, "mqtt")
                        .with("framegate.deliver.mqtt.url", url)
                        .with("framegate.deliver.mqtt.version", version)
                        .start()) {
            assertThat(server.listens(port)).isTrue();
            MqttClient subscriber = new MqttClient(url, "subscriber", new MemoryPersistence());
            subscriber.connect();
            subscriber.setCallback(new ArrivedImages(arrived));
            subscriber.subscribe("framegate/#", 1);
            DeliverIT.post(gateway, IMAGE);
            eventually("arrived", SOON)
                    .untilAsserted(() -> assertThat(arrived).singleElement().isEqualTo(IMAGE));
            awaitOutbox(gateway, "mqtt waiting=0 setAside=0");
            subscriber.disconnect();
            subscriber.close();
        }
    }

    /** It makes the queue of an address when a sender opens, and loses what it accepts for a queue that was deleted. */
    @Test
    void rabbitmqLosesNothingWhenTheQueueIsDeleted(@TempDir Path directory) throws Exception {
        try (Rabbit rabbit = new Rabbit(directory, port);
                GatewayProcess gateway = gateway(directory, "amqp")
                        .with("framegate.deliver.amqp.url", "amqp://127.0.0.1:" + port)
                        .with("framegate.deliver.amqp.user", "guest")
                        .with("framegate.deliver.amqp.password", "guest")
                        .start()) {
            DeliverIT.post(gateway, IMAGE);
            awaitOutbox(gateway, "amqp waiting=0 setAside=0");
            assertThat(rabbit.control("list_queues", "name", "messages")).contains("framegate.images\t1");
            rabbit.control("delete_queue", "framegate.images");
            DeliverIT.post(gateway, IMAGE);
            awaitOutbox(gateway, "amqp waiting=0 setAside=0");
            assertThat(rabbit.control("list_queues", "name", "messages")).contains("framegate.images\t1");
        }
    }

    @Test
    void clientOfMqtt5SaysThatRabbitmqSpeaksAnOlderVersion(@TempDir Path directory) throws Exception {
        int mqtt = GatewayProcess.freePort();
        try (Rabbit rabbit = new Rabbit(directory, port, "mqtt.listeners.tcp.1 = 127.0.0.1:" + mqtt);
                GatewayProcess gateway = gateway(directory, "mqtt")
                        .with("framegate.deliver.mqtt.url", "tcp://127.0.0.1:" + mqtt)
                        .with("framegate.deliver.mqtt.user", "guest")
                        .with("framegate.deliver.mqtt.password", "guest")
                        .start()) {
            assertThat(rabbit.control("status")).isNotEmpty();
            DeliverIT.post(gateway, IMAGE);
            gateway.awaitLog(SOON, "not delivered, trying again", "framegate.deliver.mqtt.version=3.1.1");
        }
    }

    /** Debian's rabbitmq-server with its plug-ins for AMQP 1.0 and MQTT. */
    private final class Rabbit implements AutoCloseable {

        private final Path directory;
        private final ServerProcess server;

        Rabbit(Path directory, int port, String... lines) throws IOException {
            program("rabbitmq-server");
            assumeTrue("root".equals(System.getProperty("user.name")), "rabbitmq-server runs as root or rabbitmq");
            this.directory = directory;
            Files.writeString(
                    directory.resolve("rabbitmq.conf"),
                    "listeners.tcp.1 = 127.0.0.1:" + port + "\n" + String.join("\n", lines) + "\n");
            Files.writeString(directory.resolve("plugins"), "[rabbitmq_amqp1_0,rabbitmq_mqtt].");
            Files.writeString(
                    directory.resolve("environment"),
                    String.join(
                            "\n",
                            "export HOME=" + directory,
                            "export RABBITMQ_NODENAME=framegate" + port + "@localhost",
                            "export RABBITMQ_CONFIG_FILE=" + directory.resolve("rabbitmq"),
                            "export RABBITMQ_ENABLED_PLUGINS_FILE=" + directory.resolve("plugins"),
                            "export RABBITMQ_MNESIA_BASE=" + directory.resolve("mnesia"),
                            "export RABBITMQ_LOG_BASE=" + directory.resolve("log"),
                            "export RABBITMQ_DIST_PORT=" + GatewayProcess.freePort(),
                            "export ERL_EPMD_ADDRESS=127.0.0.1",
                            "export ERL_EPMD_PORT=" + GatewayProcess.freePort(),
                            "PATH=$(echo /usr/lib/rabbitmq/lib/*/sbin):$PATH",
                            ""));
            server = start(directory, "bash", "-c", ". ./environment; exec rabbitmq-server");
        }

        String control(String... arguments) {
            try {
                Process process = new ProcessBuilder(
                                "bash", "-c", ". ./environment; rabbitmqctl -q " + String.join(" ", arguments))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            control("stop");
            server.close();
        }
    }
}
