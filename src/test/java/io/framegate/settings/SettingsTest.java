package io.framegate.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.event.Role;
import io.framegate.outbox.deliver.ExpressionChecker;
import io.framegate.watch.web.WebAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A property that cannot be meant is refused by name before anything is opened. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class SettingsTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    private final Properties properties = new Properties();

    SettingsTest() {
        properties.putAll(Catalogue.standard().defaults());
    }

    @AfterAll
    static void close() throws IOException {
        CONTEXT.close();
    }

    private void check() {
        check(Catalogue.standard());
    }

    private void check(Catalogue catalogue) {
        PropertiesComponent resolver = new PropertiesComponent();
        resolver.setCamelContext(CONTEXT);
        resolver.setInitialProperties(properties);
        // The defaults of the context are below the properties of the context, not below these.
        resolver.setAutoDiscoverPropertiesSources(false);
        resolver.start();
        Settings settings = new Settings(catalogue, name -> resolver.parseUri("{{" + name + "}}"));
        List<SettingException> problems = settings.problems(new ExpressionChecker(CONTEXT));
        if (!problems.isEmpty()) {
            throw new SettingException(problems);
        }
        WebAccess.of(settings);
    }

    @Test
    void defaultsAreAccepted() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void everyProblemIsSaidOnce() {
        properties.setProperty("framegate.camera.port", "port");
        properties.setProperty("framegate.retention.max-age", "30");
        assertThatThrownBy(this::check)
                .hasMessage("framegate.camera.port: port (expected: a port, up to 65535)\n"
                        + "framegate.retention.max-age: 30 (expected: empty, 0, or a time, like 30d)");
    }

    @Test
    void placeholderWithoutAValueIsRefusedByThePropertysName() {
        properties.setProperty("framegate.deliver.http.headers", "Authorization=Bearer {{env:FRAMEGATE_NO_SUCH}}");
        assertThatThrownBy(this::check)
                .hasMessageStartingWith("framegate.deliver.http.headers: ")
                .hasMessageContaining("env:FRAMEGATE_NO_SUCH");
    }

    /** Values that pass one reader and mean something else to another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+200",
                "-1",
                "1e3",
                "0x10",
                "\u0661\u0662",
                "\uff11\uff12",
                " 12",
                "12 ",
                "1_000",
                "12.0",
                "1 2",
                ""
            })
    void numbersAreAsciiDigitsAlone(String value) {
        for (Setting<?> setting : Catalogue.standard().settings()) {
            String type = setting.type().expected();
            boolean fits = value.isEmpty() && type.startsWith("empty");
            if (!fits && (type.contains("a number") || type.contains("a port"))) {
                properties.setProperty(setting.name(), value);
                assertThatThrownBy(this::check).hasMessageStartingWith(setting.name() + ": " + value + " (expected: ");
                properties.setProperty(setting.name(), setting.standard());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+5s", "-5s", "\u0665s", "5", "5 s", "1e3ms", "5S", "s", "5s5m", "0ms", "1.5s", "PT5S"})
    void timesAreAsciiDigitsWithUnits(String value) {
        for (Setting<?> setting : Catalogue.standard().settings()) {
            if (setting.type().expected().contains("a time")) {
                properties.setProperty(setting.name(), value);
                assertThatThrownBy(this::check).hasMessageStartingWith(setting.name() + ": " + value + " (expected: ");
                properties.setProperty(setting.name(), setting.standard());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+5MB", "-5MB", "\u0665MB", "5 apples", "1e3KB", "0x10KB", "1.5GB", "MB", "101%", "+5%", "1KB%"})
    void sizesAreAsciiDigitsWithUnits(String value) {
        for (Setting<?> setting : Catalogue.standard().settings()) {
            if (setting.type().expected().contains("a size")) {
                properties.setProperty(setting.name(), value);
                assertThatThrownBy(this::check).hasMessageStartingWith(setting.name() + ": " + value + " (expected: ");
                properties.setProperty(setting.name(), setting.standard());
            }
        }
    }

    @Test
    void timesInMessagesHaveTheirUnit() {
        assertThat(Numbers.timeText(Duration.ofMillis(500))).isEqualTo("500ms");
        assertThat(Numbers.timeText(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(Numbers.timeText(Duration.ofMinutes(2))).isEqualTo("120s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "30s", "5m", "1h30m", "2d", "1d2h3m4s5ms", "100m"})
    void timesAreReadAsCamelReadsThem(String time) {
        assertThat(Numbers.parseTime(time)).isEqualTo(CONTEXT.getTypeConverter().convertTo(Duration.class, time));
    }

    @Test
    void rolesAreThoseOfEvents() {
        assertThat(Stream.of(Role.values()).map(Role::tag)).containsExactlyInAnyOrderElementsOf(StoreSettings.ROLES);
    }

    @Test
    void targetOfAnyNameHasThePropertiesOfItsKind() {
        Catalogue catalogue = Catalogue.of(Map.of("archive", "s3"), Set.of(), Set.of());
        assertThat(catalogue.defaults())
                .containsEntry("framegate.deliver.archive.bucket", "framegate-images")
                .containsEntry("framegate.deliver.archive.concurrency", "4")
                .containsEntry("framegate.deliver.archive.enabled", "false");
        assertThat(catalogue.knows("framegate.deliver.archive.topic")).isFalse();
    }

    @Test
    void targetWithRoutesOfSomebodysOwnHasWhatAllTargetsHave() {
        Catalogue catalogue = Catalogue.of(
                Map.of(), Set.of("framegate.deliver.telegram.chat"), Set.of("framegate.deliver.telegram.enabled"));
        assertThat(catalogue.knows("framegate.deliver.telegram.chat")).isTrue();
        assertThat(catalogue.knows("framegate.deliver.telegram.too-large")).isTrue();
        assertThat(catalogue.knows("framegate.deliver.telegram.bucket")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "framegate.camera.port             | 65536",
                "framegate.frames.port             | -1",
                "framegate.web.port                | web",
                "framegate.observe.port            | 0",
                "framegate.observe.port            | 65536",
                "framegate.observe.host            | ''",
                "framegate.web.host                | ''",
                "framegate.web.enabled             | yes",
                "framegate.jmx.enabled             | on",
                "framegate.intake.max-frame-length | 16 apples",
                "framegate.intake.max-frame-length | 0",
                "framegate.intake.max-frame-length | 16",
                "framegate.intake.max-frame-length | 63KB",
                "framegate.intake.max-document-length | 4095",
                "framegate.intake.memory           | 64",
                "framegate.quarantine.max-size     | 1",
                "framegate.intake.max-frame-length | 2GB",
                "framegate.intake.max-document-length | ''",
                "framegate.intake.memory           | 150%",
                "framegate.intake.memory           | 0%",
                "framegate.intake.memory           | half",
                "framegate.intake.frame-deadline   | soon",
                "framegate.intake.frame-deadline   | 0s",
                "framegate.intake.idle-timeout     | -5s",
                "framegate.intake.max-connections  | many",
                "framegate.intake.max-connections  | 0",
                "framegate.intake.max-in-flight    | -2",
                "framegate.intake.threads          | 0",
                "framegate.intake.threads          | auto",
                "framegate.store.retries           | -3",
                "framegate.store.retries           | 1.5",
                "framegate.store.retry-delay       | x",
                "framegate.durability              | sometimes",
                "framegate.durability.interval     | 0s",
                "framegate.durability.interval     | often",
                "framegate.deduplicate.window      | often",
                "framegate.deduplicate.window      | -10m",
                "framegate.deduplicate.max-entries | 0",
                "framegate.deduplicate.max-entries | 99999999999",
                "framegate.quarantine.max-size     | 0",
                "framegate.quarantine.directory    | ''",
                "framegate.images.name             | ${header.FramegateCounter",
                "framegate.time-zone               | Mars/Olympus",
                "framegate.thumbnail.enabled       | on",
                "framegate.thumbnail.width         | 0",
                "framegate.convert.enabled         | yes",
                "framegate.convert.format          | webp",
                "framegate.sidecar.enabled         | ''",
                "framegate.transform.max-pixels    | 50M",
                "framegate.log.format              | xml",
                "framegate.log.level               | LOUD",
                "framegate.log.loggers             | org.apache.camel=LOUD",
                "framegate.log.loggers             | org.apache.camel",
                "framegate.log.loggers             | org.apache.camel=TRACE",
                "framegate.deliver.file.concurrency | 0",
                "framegate.deliver.ftp.port        | 70000",
                "framegate.deliver.ftp.tls         | yes",
                "framegate.deliver.sftp.name       | ${header.FramegateCounter",
                "framegate.deliver.s3.path-style   | 1",
                "framegate.deliver.kafka.enabled   | on",
                "framegate.deliver.refusals        | 0",
                "framegate.retention.max-age       | 30 apples",
                "framegate.retention.max-age       | -1d",
                "framegate.retention.max-age       | 0s",
                "framegate.retention.max-size      | much",
                "framegate.retention.max-size      | 5%",
                "framegate.retention.min-free      | 101%",
                "framegate.retention.every         | 0",
                "framegate.disk.min-free           | ''",
                "framegate.disk.min-free           | -1",
                "framegate.deliver.file.events     | yes",
                "framegate.deliver.file.events     | ''",
                "framegate.deliver.file.events     | PEA,",
                "framegate.deliver.file.events     | a b",
                "framegate.deliver.file.events     | 'true, PEA'",
                "framegate.deliver.file.events     | ../x",
                "framegate.deliver.jms.payload     | picture",
                "framegate.deliver.s3.sidecar      | on",
                "framegate.deliver.s3.tags         | camera",
                "framegate.deliver.kafka.max-size  | large",
                "framegate.deliver.kafka.too-large | drop",
                "framegate.deliver.kafka.topic     | ''",
                "framegate.deliver.mqtt.topic      | images/#",
                "framegate.deliver.mqtt.url        | localhost",
                "framegate.deliver.jms.url         | foo?jms.password=secret",
                "framegate.deliver.amqp.url        | http://host",
                "framegate.deliver.mqtt.url        | tcp://",
                "framegate.deliver.mqtt.url        | tcp://127.0.0.1:x",
                "framegate.deliver.mqtt.url        | tcp://127.0.0.1:99999",
                "framegate.deliver.mqtt.url        | tcp:127.0.0.1:1883",
                "framegate.deliver.mqtt.url        | tcp://a b:1883",
                "framegate.deliver.jms.url         | tcp://:61616",
                "framegate.deliver.jms.url         | (tcp://a:61616,tcp://b:0)?ha=true",
                "framegate.deliver.amqp.url        | amqp://",
                "framegate.deliver.amqp.url        | failover:(amqp://a:5672,amqp://b:x)?failover.nested.x=1",
                "framegate.deliver.kafka.brokers   | nohost",
                "framegate.deliver.kafka.brokers   | 127.0.0.1:99999999",
                "framegate.deliver.kafka.brokers   | 'a:9092,'",
                "framegate.deliver.kafka.brokers   | a b:9092",
                "framegate.worker.kafka.brokers    | nohost",
                "framegate.deliver.ftp.host        | a b",
                "framegate.deliver.ftp.host        | ftp://127.0.0.1",
                "framegate.deliver.sftp.host       | 127.0.0.1:22",
                "framegate.deliver.http.url        | http://127.0.0.1:99999/x",
                "framegate.deliver.s3.endpoint     | http://minio:99999",
                "framegate.deliver.s3.endpoint     | http://minio:x",
                "framegate.images.directory        | a\u0000b",
                "framegate.deliver.s3.endpoint     | minio:9000",
                "framegate.deliver.s3.bucket       | ''",
                "framegate.deliver.http.method     | GET",
                "framegate.deliver.file.name       | ${header.FramegateBogus}",
                "framegate.deliver.failures        | 0",
                "framegate.images.name             | image_${header.FramegateCuonter}",
                "framegate.retention.max-age       | 30",
                "framegate.retention.max-size      | 5",
                "framegate.retention.min-free      | 10",
                "framegate.deduplicate.window      | 10",
                "framegate.deliver.retry-delay     | 5",
                "framegate.deliver.ftp.max-size    | 5",
                "framegate.deliver.kafka.security-protocol | TLS",
                "framegate.deliver.kafka.sasl      | DIGEST",
                "framegate.deliver.kafka.sasl      | PLAIN",
                "framegate.deliver.kafka.max-request-size | 32MB",
                "framegate.deliver.reference       | ${header.FramegateStoredPath",
                "framegate.deliver.reference       | ${no-such-function}",
                "framegate.deliver.http.body       | form",
                "framegate.deliver.http.headers    | Host=secret",
                "framegate.deliver.http.url        | http://${header.FramegateCameraName}/?secret",
                "framegate.web.silent-after        | 5",
                "framegate.web.user                | somebody",
                "framegate.web.password            | secret",
                "framegate.web.token               | secret token",
                "framegate.web.token               | secret:\u00e9",
                "framegate.camera.allow            | camera.example",
                "framegate.frames.allow            | 10.0.0.0/33",
                "framegate.frames.allow            | 10.1.2.3/8",
                "framegate.camera.proxy-from       | 192.0.2.1",
                "framegate.intake.ban              | 10m",
                "framegate.camera.proxy-protocol   | on",
                "framegate.frames.proxy-protocol   | require",
                "framegate.camera.proxy-from       | 192.0.2.1,",
                "framegate.camera.tls.certificate  | camera.pem",
                "framegate.camera.tls.client-ca    | ca.pem",
                "framegate.web.tls.certificate     | web.pem",
                "framegate.web.tls.key             | web.pem",
                "framegate.tracing.enabled         | yes",
                "framegate.tracing.endpoint        | 127.0.0.1:4318",
                "framegate.tracing.endpoint        | grpc://127.0.0.1:4317",
                "framegate.tracing.endpoint        | http://somebody:secret@collector:4318",
                "framegate.tracing.endpoint        | http://collector:4318/?key=secret",
                "framegate.tracing.endpoint        | http://collector:99999",
                "framegate.tracing.headers         | secret",
                "framegate.tracing.headers         | Authorization: secret",
                "framegate.tracing.headers         | Host=secret",
                "framegate.tracing.headers         | a b=secret",
                "framegate.tracing.headers         | Authorization=secret%",
                "framegate.tracing.headers         | Authorization=secret%0A",
                "framegate.tracing.sample          | 0%",
                "framegate.tracing.sample          | 101%",
                "framegate.tracing.sample          | 1",
                "framegate.tracing.sample          | all",
                "framegate.node                    | hall 3",
                "framegate.node                    | -hall",
                "framegate.log.format              | ECS",
                "framegate.tracing.attributes      | site",
                "framegate.http.user               | somebody",
                "framegate.http.password           | secret",
                "framegate.http.answer             | isapi",
                "framegate.http.trusted-proxies    | proxy.example",
                "framegate.http.camera             | ?camera,",
                "framegate.http.camera             | ?a b",
                "framegate.http.camera             | ?",
                "framegate.http.camera             | X Device",
                "framegate.http.camera             | X-Device:",
                "framegate.http.camera             | Authorization",
                "framegate.http.camera             | ?camera, cookie",
                "framegate.http.camera             | /hikfeed/{id}",
                "framegate.http.camera             | /hikfeed",
                "framegate.http.camera             | /{camera}/{camera}",
                "framegate.http.camera             | /a/../{camera}/",
                "framegate.http.camera             | /a/cam-{camera}",
                "framegate.http.camera             | /a b/{camera}",
            })
    void valueThatCannotBeMeantIsRefusedByName(String name, String value) {
        properties.setProperty("framegate.tracing.enabled", "true");
        properties.setProperty(name, value);
        assertThatThrownBy(this::check)
                .hasMessageContaining(name)
                .hasMessageContaining("expected: ")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void tracingThatIsOffIsNotAskedWhere() {
        properties.setProperty("framegate.tracing.endpoint", "nowhere");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "framegate.web.user,some:body,framegate.web.password,secret,framegate.web.user",
        "framegate.web.tls.certificate,no.pem,framegate.web.tls.key,no-key.pem,framegate.web.tls.certificate",
        "framegate.web.tls.certificate,pom.xml,framegate.web.tls.key,pom.xml,framegate.web.tls.certificate",
    })
    void pairThatCannotBeMeantIsRefusedByName(
            String name, String value, String otherName, String otherValue, String refused) {
        properties.setProperty(name, value);
        properties.setProperty(otherName, otherValue);
        assertThatThrownBy(this::check)
                .hasMessageStartingWith(refused + ": ")
                .hasMessageContaining("expected: ")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "framegate.camera.port,8080,framegate.frames.port",
        "framegate.web.port,18000,framegate.camera.port",
        "framegate.web.port,8080,framegate.frames.port",
        "framegate.observe.port,18000,framegate.camera.port",
        "framegate.observe.port,8080,framegate.frames.port",
    })
    void portOfTwoListenersIsRefusedWithBothProperties(String name, String port, String other) {
        Catalogue used = Catalogue.of(Map.of(), Set.of("framegate.camera.port", "framegate.frames.port"), Set.of());
        properties.setProperty(name, port);
        assertThatThrownBy(() -> check(used)).hasMessageContainingAll(name, other, port, "expected: another port");
        assertThatCode(this::check).as("routes without these listeners").doesNotThrowAnyException();
        properties.setProperty("framegate.camera.host", "192.0.2.1");
        if (!name.equals("framegate.camera.port")) {
            assertThatCode(() -> check(used)).as("another address").doesNotThrowAnyException();
        }
    }

    @Test
    void observePortIsAnotherThanTheWebPort() {
        properties.setProperty("framegate.observe.port", "8088");
        assertThatThrownBy(this::check)
                .hasMessage("framegate.observe.port: 8088 (expected: another port than framegate.web.port)");
        properties.setProperty("framegate.web.enabled", "false");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "framegate.quarantine.directory,images",
        "framegate.thumbnail.directory,./images",
        "framegate.deliver.file.directory,images/../images",
        "framegate.outbox.directory,quarantine/outbox",
        "framegate.images.directory,quarantine/images",
        "framegate.quarantine.directory,outbox/quarantine",
        "framegate.deliver.file.directory,outbox/file",
    })
    void directoriesThatHarmEachOtherAreRefused(String name, String directory) {
        properties.setProperty(name, directory);
        assertThatThrownBy(this::check).hasMessageContainingAll(name, directory, "(expected: not framegate.");
    }

    @ParameterizedTest
    @CsvSource({
        "framegate.thumbnail.directory,images/thumbnails",
        "framegate.deliver.file.directory,images/delivered",
        "framegate.images.directory,.",
        "framegate.outbox.directory,images/outbox",
    })
    void directoriesBelowTheImagesAreAcceptedWithoutRetention(String name, String directory) {
        properties.setProperty(name, directory);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "framegate.quarantine.directory,images/quarantine",
        "framegate.outbox.directory,./images",
        "framegate.thumbnail.directory,images/../images/small",
        "framegate.deliver.file.directory,images/delivered",
    })
    void directoryBelowTheImagesIsRefusedWithRetention(String name, String below) {
        properties.setProperty(name, below);
        properties.setProperty("framegate.retention.max-age", "30d");
        assertThatThrownBy(this::check)
                .hasMessageContaining(name)
                .hasMessageContaining("expected: not framegate.images");
    }

    @ParameterizedTest
    @CsvSource({
        "framegate.intake.memory,100%",
        "framegate.intake.memory,64MB",
        "framegate.intake.frame-deadline,1500ms",
        "framegate.intake.idle-timeout,5m",
        "framegate.store.retries,0",
        "framegate.durability,always",
        "framegate.durability,interval",
        "framegate.deduplicate.window,''",
        "framegate.deduplicate.window,10m",
        "framegate.time-zone,Europe/Berlin",
        "framegate.convert.format,JPEG",
        "framegate.log.level,debug",
        "framegate.retention.max-age,30d",
        "framegate.retention.max-age,0",
        "framegate.retention.max-size,500GB",
        "framegate.retention.min-free,5%",
        "framegate.disk.min-free,0",
        "framegate.disk.min-free,2%",
        "framegate.deliver.file.events,'alarmStatus, PEA'",
        "framegate.deliver.http.url,'https://host/${header.FramegateStoredPath}?sig=a%2Fb'",
        "framegate.deliver.http.url,'http://[::1]:8000/${header.FramegateStoredPath}?at=http://a:b'",
        "framegate.deliver.s3.endpoint,http://minio:9000",
        "framegate.deliver.mqtt.url,ssl://[2001:db8::1]:8883",
        "framegate.deliver.mqtt.url,wss://broker.example/mqtt",
        "framegate.deliver.jms.url,vm://0",
        "framegate.deliver.jms.url,'(tcp://a:61616?x=1, tcp://b:61617)?ha=true'",
        "framegate.deliver.jms.url,jgroups://channel?file=jgroups.xml",
        "framegate.deliver.amqp.url,'failover:(amqp://user:p,w@a:5672,amqps://b)?failover.maxReconnectAttempts=20'",
        "framegate.deliver.amqp.url,discovery:(multicast://default)",
        "framegate.deliver.kafka.brokers,'kafka-1:9092, [::1]:9093'",
        "framegate.deliver.kafka.brokers,SASL_SSL://kafka-1:9092",
        "framegate.deliver.ftp.host,b\u00fccher.example",
        "framegate.deliver.sftp.host,2001:db8::1",
        "framegate.web.token,abcXYZ019-._~+/==",
        "framegate.deliver.http.headers,'X-A=${header.FramegateRole}, Authorization=Bearer a=='",
        "framegate.tracing.endpoint,https://otlp.example.org/otlp/",
        "framegate.tracing.endpoint,http://[::1]:4318/v1/traces",
        "framegate.tracing.headers,'Authorization=Basic%20YTpi+/==, X-Scope-OrgID=tenant'",
        "framegate.tracing.endpoint,''",
        "framegate.tracing.service,''",
        "framegate.tracing.sample,''",
        "framegate.tracing.sample,0.5%",
        "framegate.node,hall-3",
        "framegate.log.format,ecs",
        "framegate.tracing.attributes,'deployment.environment=prod,site=hall%2C3'",
    })
    void valueThatCanBeMeantIsAccepted(String name, String value) {
        properties.setProperty("framegate.tracing.enabled", "true");
        properties.setProperty(name, value);
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void cloudEventsNeedAnMqttWithUserProperties() {
        properties.setProperty("framegate.deliver.cloudevents", "true");
        properties.setProperty("framegate.deliver.mqtt.version", "3.1.1");
        check();
        properties.setProperty("framegate.deliver.mqtt.enabled", "true");
        assertThatThrownBy(this::check)
                .hasMessage("framegate.deliver.mqtt.cloudevents: true (expected: false, or"
                        + " framegate.deliver.mqtt.version=5, which has user properties)");
        properties.setProperty("framegate.deliver.mqtt.cloudevents", "false");
        check();
    }
}
