package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static io.framegate.it.target.EventPackets.scene;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.lang.reflect.Array;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Passwords are nowhere that somebody looks who watches the gateway: its log, health, metrics, JMX. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("faults")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SecretsIT {

    private static final String SECRET = "test-secret";

    /** All that libraries have to say, and what would be said on the wire. */
    private static final String LOGGERS =
            "org=DEBUG, io=DEBUG, software=DEBUG, com=DEBUG, jakarta=DEBUG, org.apache.hc.client5.http.wire=DEBUG";

    /** As it is, and as HTTP's and SASL's log-ins have it. */
    private static final List<String> FORMS =
            List.of(SECRET, base64("framegate:" + HttpTarget.PASSWORD), base64("camera:" + SECRET + "-of-cameras"));

    private static final Duration ARRIVES = Duration.ofSeconds(40);

    @Test
    void passwordsAreInNoLogNoHealthNoMetricAndNoBean(@TempDir Path directory) throws Exception {
        int jmxPort = GatewayProcess.freePort();
        try (AllTargets targets = new AllTargets(
                        directory.resolve("servers"),
                        Target.FTP,
                        Target.SFTP,
                        Target.S3,
                        Target.JMS,
                        Target.AMQP,
                        Target.KAFKA,
                        Target.MQTT,
                        Target.HTTP);
                GatewayProcess gateway = gateway(directory, jmxPort)) {
            targets.enableSecretly(gateway);
            gateway.withVariable("framegate.deliver.http.url", url(targets) + "?signature=" + SECRET + "-of-address")
                    .withVariable("framegate.deliver.http.headers", "X-Key=" + SECRET + "-of-header");
            gateway.start();
            post(gateway, Pictures.bareJpeg(20_000));
            targets.check((target, server) -> eventually("arrived", ARRIVES)
                    .ignoreExceptions()
                    .until(() -> !server.delivered().isEmpty()));
            // Kafka refuses for length alone.
            targets.checkBut(Target.KAFKA, (target, server) -> server.refuse(name -> true));
            post(gateway, Pictures.bareJpeg(20_001));
            targets.checkBut(
                    Target.KAFKA,
                    (target, server) ->
                            gateway.awaitLog(ARRIVES, "not delivered, set aside", "target=\"" + target.kind() + "\""));
            targets.check((target, server) -> server.stop());
            post(gateway, Pictures.bareJpeg(20_002));
            targets.check((target, server) -> gateway.awaitLog(
                    ARRIVES, "not delivered, trying again", "route=\"deliver-to-" + target.kind() + "\""));

            assertThat(beans(jmxPort))
                    .contains("deliver-to-ftp", "knownHostsFile")
                    .doesNotContain(SECRET);
            for (String path : List.of("health", "health/live", "health/ready", "metrics", "info")) {
                assertNoSecret(path, get(gateway, path));
            }
            assertNoSecret("outbox", DeliverIT.outbox(gateway));
            gateway.terminate();
            assertThat(gateway.logLines(" DEBUG o.a.c.")).isNotEmpty();
            assertNoSecret("log", gateway.log());
            gateway.awaitLog(ARRIVES, "loggers stay at INFO", "org.apache.hc.client5.http.wire");
        }
    }

    /** Megabytes are searched; what is said shows the place alone. */
    private static void assertNoSecret(String where, String text) {
        for (String form : FORMS) {
            assertHasNot(form, where, text);
        }
    }

    private static void assertHasNot(String secret, String where, String text) {
        int at = text.indexOf(secret);
        String place = at < 0 ? "" : text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 50));
        assertThat(place).as(where).isEmpty();
    }

    private static GatewayProcess gateway(Path directory, int jmxPort) {
        return new GatewayProcess(directory.resolve("gateway"))
                .with("framegate.deliver.retry-delay", "100ms")
                .with("framegate.deliver.max-retry-delay", "500ms")
                .with("framegate.log.level", "DEBUG")
                .with("framegate.log.loggers", LOGGERS)
                .with("framegate.http.user", "camera")
                .withVariable("framegate.http.password", SECRET + "-of-cameras")
                .with("camel.management.info-enabled", "true")
                .with("framegate.web.user", "operator")
                .withVariable("framegate.web.password", SECRET + "-of-operators")
                .withVariable("framegate.web.token", SECRET + "-of-scripts")
                .with("framegate.jmx.enabled", "true")
                .with("com.sun.management.jmxremote.host", "127.0.0.1")
                .with("com.sun.management.jmxremote.port", Integer.toString(jmxPort))
                .with("com.sun.management.jmxremote.rmi.port", Integer.toString(jmxPort))
                .with("com.sun.management.jmxremote.authenticate", "false")
                .with("com.sun.management.jmxremote.ssl", "false")
                .with("java.rmi.server.hostname", "127.0.0.1");
    }

    private static void post(GatewayProcess gateway, byte[] image) {
        String login = base64("camera:" + SECRET + "-of-cameras");
        try (Camera camera = gateway.camera()) {
            camera.send(Http.post("/", scene(image), "Authorization: Basic " + login));
            assertThat(camera.answer().status()).isEqualTo(200);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String url(AllTargets targets) {
        List<String> url = new ArrayList<>();
        targets.check((target, server) -> {
            if (target == Target.HTTP) {
                url.add(server.properties().get("framegate.deliver.http.url"));
            }
        });
        return url.get(0);
    }

    private static String get(GatewayProcess gateway, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.webPort() + "/observe/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        HttpClient client = HttpClient.newHttpClient();
        assertThat(client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(401);
        request.header("Authorization", "Bearer " + SECRET + "-of-scripts");
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /**
     * Names and attributes of all beans, and what those operations answer that take nothing or whether to resolve
     * placeholders.
     */
    @SuppressWarnings("BanJNDI") // The gateway under test, on this machine.
    private static String beans(int port) throws IOException, JMException {
        StringBuilder all = new StringBuilder();
        String address = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi";
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            for (ObjectName name : server.queryNames(null, null)) {
                all.append(name).append('\n');
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    if (attribute.isReadable()) {
                        append(all, attribute.getName(), () -> server.getAttribute(name, attribute.getName()));
                    }
                }
                for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                    Object[] arguments = new Object[operation.getSignature().length];
                    String[] types = new String[arguments.length];
                    if (operation.getName().startsWith("dump") && areFlags(operation, arguments, types)) {
                        append(
                                all,
                                operation.getName(),
                                () -> server.invoke(name, operation.getName(), arguments, types));
                    }
                }
            }
        }
        return all.toString();
    }

    private static boolean areFlags(MBeanOperationInfo operation, Object[] arguments, String[] types) {
        for (int at = 0; at < arguments.length; at++) {
            types[at] = operation.getSignature()[at].getType();
            arguments[at] = true;
            if (!types[at].equals("boolean")) {
                return false;
            }
        }
        return true;
    }

    /** Asks a bean for something. */
    private interface Question {
        Object answer() throws IOException, JMException;
    }

    private static void append(StringBuilder all, String name, Question question) throws IOException {
        try {
            all.append(name).append('=');
            append(all, question.answer());
        } catch (JMException | RuntimeMBeanException | UnsupportedOperationException notReadable) {
            all.append(notReadable);
        }
        all.append('\n');
    }

    private static void append(StringBuilder all, Object value) {
        if (value != null && value.getClass().isArray()) {
            for (int at = 0; at < Array.getLength(value); at++) {
                append(all, Array.get(value, at));
                all.append(' ');
            }
        } else {
            all.append(value);
        }
    }
}
