package io.framegate.it.target;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.SftpException;
import io.framegate.intake.FramegateHeaders;
import io.framegate.outbox.deliver.KafkaLogin;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.provider.exceptions.ProviderSecurityException;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.springframework.jms.connection.CachingConnectionFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AccessDeniedException;

/**
 * How Camel delivers to each kind of target: the server, the endpoint, the beans it refers to, the headers it reads.
 */
enum Target {
    FTP(
            "ftp:{{framegate.deliver.ftp.host}}:{{framegate.deliver.ftp.port}}/{{framegate.deliver.ftp.directory}}"
                    + "?username={{framegate.deliver.ftp.user}}&password=RAW({{framegate.deliver.ftp.password}})"
                    + Target.FILES
                    + "&binary=true&passiveMode=true",
            ConnectException.class,
            GenericFileOperationFailedException.class) {
        @Override
        TargetServer server(Path directory) {
            return FtpTarget.plain(directory);
        }
    },
    FTPS(
            "ftps:{{framegate.deliver.ftp.host}}:{{framegate.deliver.ftp.port}}/{{framegate.deliver.ftp.directory}}"
                    + "?username={{framegate.deliver.ftp.user}}&password=RAW({{framegate.deliver.ftp.password}})"
                    + Target.FILES
                    + "&binary=true&passiveMode=true&sslContextParameters=#tls&ftpClient.endpointCheckingEnabled=true",
            ConnectException.class,
            GenericFileOperationFailedException.class) {
        @Override
        TargetServer server(Path directory) {
            return FtpTarget.tls(directory, Certificate.in(directory.resolve("certificate")));
        }

        @Override
        void bind(CamelContext camel, Path directory) {
            KeyStoreParameters trusted = new KeyStoreParameters();
            trusted.setResource("file:" + directory.resolve("certificate/trusted.p12"));
            trusted.setType("PKCS12");
            trusted.setPassword(Certificate.PASSWORD);
            TrustManagersParameters trust = new TrustManagersParameters();
            trust.setKeyStore(trusted);
            SSLContextParameters tls = new SSLContextParameters();
            tls.setTrustManagers(trust);
            camel.getRegistry().bind("tls", tls);
        }
    },
    SFTP(Target.SFTP_URI, ConnectException.class, SftpException.class) {
        @Override
        TargetServer server(Path directory) {
            return SftpTarget.withPassword(directory);
        }
    },
    SFTP_WITH_KEY(Target.SFTP_URI, ConnectException.class, SftpException.class) {
        @Override
        TargetServer server(Path directory) {
            return SftpTarget.withKey(directory);
        }
    },
    S3(
            "aws2-s3:{{framegate.deliver.s3.bucket}}?amazonS3Client=#s3&autoCreateBucket=false&fileName=none",
            ConnectException.class,
            AccessDeniedException.class) {
        @Override
        TargetServer server(Path directory) {
            return new S3Target(directory);
        }

        @Override
        void bind(CamelContext camel, Path directory) {
            S3Client client = S3Client.builder()
                    .region(Region.of(property(camel, "s3.region")))
                    .endpointOverride(URI.create(property(camel, "s3.endpoint")))
                    .forcePathStyle(true)
                    // Only AWS knows the checksums that the client adds of itself.
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                            property(camel, "s3.access-key"), property(camel, "s3.secret-key"))))
                    .httpClientBuilder(ApacheHttpClient.builder()
                            .connectionTimeout(TIMEOUT)
                            .socketTimeout(TIMEOUT))
                    .overrideConfiguration(calls -> calls.apiCallTimeout(TIMEOUT.multipliedBy(3)))
                    .build();
            camel.getRegistry().bind("s3", client);
        }

        @Override
        Map<String, Object> headers(String name, Map<String, String> metadata) {
            return Map.of(AWS2S3Constants.KEY, name, AWS2S3Constants.METADATA, metadata);
        }
    },
    JMS(
            "jms:queue:{{framegate.deliver.jms.destination}}?connectionFactory=#jms" + Target.MESSAGES,
            ActiveMQNotConnectedException.class,
            ActiveMQException.class) {
        @Override
        TargetServer server(Path directory) {
            return BrokerTarget.jms(directory);
        }

        @Override
        void bind(CamelContext camel, Path directory) throws JMSException {
            ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(property(camel, "jms.url"));
            factory.setUser(property(camel, "jms.user"));
            factory.setPassword(property(camel, "jms.password"));
            factory.setCallTimeout(TIMEOUT.toMillis());
            factory.setReconnectAttempts(0);
            factory.setRetryInterval(100);
            camel.getRegistry().bind("jms", new CachingConnectionFactory(factory));
        }

        @Override
        Map<String, Object> headers(String name, Map<String, String> metadata) {
            return named(name, metadata);
        }
    },
    AMQP(
            "amqp:queue:{{framegate.deliver.amqp.destination}}?connectionFactory=#amqp" + Target.MESSAGES,
            ConnectException.class,
            ProviderSecurityException.class) {
        @Override
        TargetServer server(Path directory) {
            return BrokerTarget.amqp(directory);
        }

        @Override
        void bind(CamelContext camel, Path directory) {
            JmsConnectionFactory factory = new JmsConnectionFactory(
                    property(camel, "amqp.user"), property(camel, "amqp.password"), property(camel, "amqp.url"));
            factory.setConnectTimeout(TIMEOUT.toMillis());
            factory.setRequestTimeout(TIMEOUT.toMillis());
            factory.setSendTimeout(TIMEOUT.toMillis());
            camel.getRegistry().bind("amqp", new CachingConnectionFactory(factory));
        }

        @Override
        Map<String, Object> headers(String name, Map<String, String> metadata) {
            return named(name, metadata);
        }
    },
    KAFKA(
            "kafka:{{framegate.deliver.kafka.topic}}?brokers={{framegate.deliver.kafka.brokers}}"
                    + "&kafkaClientFactory=#kafka"
                    + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer&requestRequiredAcks=all"
                    + "&maxRequestSize=33554432&maxBlockMs=5000&requestTimeoutMs=5000&deliveryTimeoutMs=10000",
            TimeoutException.class,
            RecordTooLargeException.class) {
        @Override
        TargetServer server(Path directory) {
            return new KafkaTarget(directory);
        }

        @Override
        void bind(CamelContext camel, Path directory) {
            KafkaLogin login = new KafkaLogin();
            login.setSecurityProtocol(property(camel, "kafka.security-protocol"));
            login.setSasl(property(camel, "kafka.sasl"));
            login.setUser(property(camel, "kafka.user"));
            login.setPassword(property(camel, "kafka.password"));
            camel.getRegistry().bind("kafka", login);
        }

        @Override
        Map<String, Object> headers(String name, Map<String, String> metadata) {
            Map<String, Object> headers = new HashMap<>(metadata);
            headers.put(KafkaConstants.KEY, name);
            return headers;
        }
    },
    MQTT(
            "paho-mqtt5:{{framegate.deliver.mqtt.topic}}?client=#mqtt&qos=1",
            ConnectException.class,
            MqttException.class) {
        @Override
        TargetServer server(Path directory) {
            return BrokerTarget.mqtt(directory);
        }

        @Override
        void bind(CamelContext camel, Path directory) throws MqttException {
            MqttConnectionOptions options = new MqttConnectionOptions();
            options.setUserName(property(camel, "mqtt.user"));
            options.setPassword(property(camel, "mqtt.password").getBytes(UTF_8));
            options.setConnectionTimeout((int) TIMEOUT.toSeconds());
            options.setKeepAliveInterval((int) TIMEOUT.toSeconds());
            MqttClient client =
                    new ConfirmingMqttClient(property(camel, "mqtt.url"), "framegate-" + UUID.randomUUID(), options);
            client.setTimeToWait(TIMEOUT.multipliedBy(3).toMillis());
            camel.getRegistry().bind("mqtt", client);
        }

        @Override
        Map<String, Object> headers(String name, Map<String, String> metadata) {
            MqttProperties properties = new MqttProperties();
            properties.setUserProperties(named(name, metadata).entrySet().stream()
                    .map(one -> new UserProperty(one.getKey(), one.getValue().toString()))
                    .toList());
            return Map.of(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, properties);
        }
    },
    HTTP(
            "{{framegate.deliver.http.url}}?httpMethod=POST&authMethod=Basic&authenticationPreemptive=true"
                    + "&authUsername={{framegate.deliver.http.user}}&authPassword=RAW({{framegate.deliver.http.password}})"
                    + "&httpConnection.connectTimeout=5000&httpClient.responseTimeout=10000&skipResponseHeaders=true",
            IOException.class,
            HttpOperationFailedException.class) {
        @Override
        TargetServer server(Path directory) {
            return new HttpTarget();
        }

        @Override
        Map<String, Object> headers(String name, Map<String, String> metadata) {
            Map<String, Object> headers = named(name, metadata);
            headers.put(Exchange.CONTENT_TYPE, "image/jpeg");
            return headers;
        }
    };

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String FILES = "&tempPrefix=" + UploadDirectory.TEMPORARY
            + "&eagerDeleteTargetFile=false&fastExistsCheck=true&stepwise=false"
            + "&maximumReconnectAttempts=0&connectTimeout=5000&soTimeout=10000&timeout=10000";
    private static final String SFTP_URI =
            "sftp:{{framegate.deliver.sftp.host}}:{{framegate.deliver.sftp.port}}/{{framegate.deliver.sftp.directory}}"
                    + "?username={{framegate.deliver.sftp.user}}&password=RAW({{framegate.deliver.sftp.password}})"
                    + Target.FILES
                    + "&knownHostsFile={{framegate.deliver.sftp.known-hosts}}&useUserKnownHostsFile=false"
                    + "&strictHostKeyChecking=yes&preferredAuthentications=publickey,password"
                    + "&privateKeyFile={{framegate.deliver.sftp.private-key}}";
    private static final String MESSAGES = "&exchangePattern=InOnly&disableReplyTo=true&jmsMessageType=Bytes";

    private final String uri;
    private final Class<? extends Throwable> absence;
    private final Class<? extends Throwable> refusal;

    Target(String uri, Class<? extends Throwable> absence, Class<? extends Throwable> refusal) {
        this.uri = uri;
        this.absence = absence;
        this.refusal = refusal;
    }

    /** The first cause of a failure when nobody answers. */
    Class<? extends Throwable> absence() {
        return absence;
    }

    /** The first cause of a failure when this one image is refused. */
    Class<? extends Throwable> refusal() {
        return refusal;
    }

    String uri() {
        return uri;
    }

    /** A server of this kind that keeps what it has in this directory. */
    abstract TargetServer server(Path directory);

    /** Gives Camel the beans that the endpoint refers to. */
    void bind(CamelContext camel, Path directory) throws Exception {}

    /** An image's name and metadata, as this target's endpoint takes them. */
    Map<String, Object> headers(String name, Map<String, String> metadata) {
        return Map.of(Exchange.FILE_NAME, name);
    }

    /** What its properties call it: FTPS and the ways to log in are properties of one target. */
    String kind() {
        String name = name().toLowerCase(Locale.ROOT);
        return Stream.of("sftp", "ftp").filter(name::startsWith).findFirst().orElse(name);
    }

    /** Whether metadata comes along with an image; if not, it needs a file of its own. */
    boolean takesMetadata() {
        return !List.of(FTP, FTPS, SFTP, SFTP_WITH_KEY).contains(this);
    }

    private static String property(CamelContext camel, String name) {
        return camel.resolvePropertyPlaceholders("{{framegate.deliver." + name + "}}");
    }

    private static Map<String, Object> named(String name, Map<String, String> metadata) {
        Map<String, Object> headers = new HashMap<>(metadata);
        headers.put(FramegateHeaders.STORED_PATH, name);
        return headers;
    }
}
