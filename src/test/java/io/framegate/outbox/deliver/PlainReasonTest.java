package io.framegate.outbox.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jcraft.jsch.JSchException;
import io.framegate.it.target.Certificate;
import io.framegate.it.target.HttpTarget;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

@Execution(ExecutionMode.CONCURRENT)
class PlainReasonTest {

    private static String reason(Throwable failure, Map<String, String> properties) {
        return PlainReason.of(failure, "framegate.deliver.t.", name -> properties.getOrDefault(name, ""));
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Throwable noMetadata() {
        return new RuntimeCamelException(new TimeoutException("Topic images not present in metadata after 5000 ms."));
    }

    @Test
    void kafkaBrokerThatIsNotThereIsNamed() throws Exception {
        int port = unusedPort();
        assertThat(reason(noMetadata(), Map.of("brokers", "127.0.0.1:" + port, "topic", "images")))
                .startsWith("no broker answers at 127.0.0.1:" + port + ": nothing listens there")
                .contains("not present in metadata");
    }

    @Test
    void allKafkaBrokersThatAreNotThereAreNamed() throws Exception {
        int port = unusedPort();
        assertThat(reason(noMetadata(), Map.of("brokers", "127.0.0.1:" + port + ", kafka.invalid:9092")))
                .contains("no broker answers at 127.0.0.1:" + port)
                .contains("no broker answers at kafka.invalid:9092: the name of the host cannot be resolved");
    }

    @Test
    void kafkaTopicThatIsNotThereIsNamed() {
        Throwable failure = new TimeoutException(
                "Topic images not present in metadata after 5000 ms.", new UnknownTopicOrPartitionException("unknown"));
        assertThat(reason(failure, Map.of("brokers", "127.0.0.1:1", "topic", "images")))
                .startsWith("the brokers answer, but have no topic images (expected: one that exists in"
                        + " framegate.deliver.t.topic)");
    }

    @Test
    void serverThatAnswersNothingAboutTheTopicIsNotSaidToBeAway() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String broker = "127.0.0.1:" + listening.getLocalPort();
            assertThat(reason(noMetadata(), Map.of("brokers", broker, "security-protocol", "PLAINTEXT")))
                    .startsWith("somebody listens at " + broker)
                    .contains("framegate.deliver.t.security-protocol=PLAINTEXT");
        }
    }

    @Test
    void missingCredentialsOfAwsNameTheProperties() {
        AwsCredentialsProviderChain chain = AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create());
        SdkClientException failure = catchThrowableOfType(SdkClientException.class, chain::resolveCredentials);
        assertThat(PlainReason.words(failure, "framegate.deliver.t.", name -> ""))
                .isEqualTo("there are no credentials (expected: framegate.deliver.t.access-key and .secret-key, or"
                        + " those of the AWS SDK, like AWS_ACCESS_KEY_ID)");
    }

    @Test
    void jmsHostThatCannotBeResolvedIsNamed() {
        assertThat(reason(
                        new RuntimeCamelException(new JMSException("AMQ219007: Cannot connect to server(s).")),
                        Map.of("url", "tcp://broker.invalid:61616?sslEnabled=false")))
                .startsWith("no broker answers at broker.invalid:61616: the name of the host cannot be resolved");
    }

    @Test
    void jmsHostThatRefusesIsNamedWithoutTheSecretsOfItsAddress() throws Exception {
        int port = unusedPort();
        assertThat(reason(
                        new JMSException("AMQ219007: Cannot connect to server(s)."),
                        Map.of("url", "(tcp://a:secret@127.0.0.1:" + port + "?b=secret,tcp://127.0.0.1:" + port + ")")))
                .startsWith("no broker answers at 127.0.0.1:" + port + ": nothing listens there")
                .doesNotContain("secret");
    }

    /** Its client says only that it cannot connect. */
    @Test
    void certificateThatArtemisDoesNotTrustNamesTheTrustStore(@TempDir Path directory) {
        try (HttpTarget server = HttpTarget.overTls(Certificate.in(directory))) {
            server.start();
            String address = String.valueOf(server.properties().get("framegate.deliver.http.url"))
                    .replaceFirst("https?://", "");
            assertThat(reason(
                            new JMSException("AMQ219007: Cannot connect to server(s)."),
                            Map.of("url", "tcp://" + address.replaceFirst("/.*", "") + "?sslEnabled=true")))
                    .startsWith("the certificate of the target is not trusted")
                    .contains("-Djavax.net.ssl.trustStore");
        }
    }

    @Test
    void refusedLoginNamesTheProperties() {
        Throwable failure = new GenericFileOperationFailedException(
                "Cannot connect to sftp://me@127.0.0.1:22", new JSchException("Auth fail for methods 'password'"));
        assertThat(reason(failure, Map.of()))
                .startsWith("the target refuses the login (expected: framegate.deliver.t.user and .password");
        assertThat(reason(failure, Map.of("access-key", "key")))
                .contains("framegate.deliver.t.access-key and .secret-key");
    }

    @Test
    void untrustedCertificateNamesTheTrustStoreAndTheProperty() {
        SSLHandshakeException failure = new SSLHandshakeException("PKIX path building failed");
        failure.initCause(new CertPathBuilderException("unable to find valid certification path"));
        assertThat(reason(failure, Map.of()))
                .startsWith("the certificate of the target is not trusted")
                .contains("cacerts")
                .contains("-Djavax.net.ssl.trustStore");
    }

    @Test
    void otherFaultsOfACertificateAreNamed() {
        assertThat(reason(new CertificateExpiredException("NotAfter"), Map.of()))
                .contains("has expired");
        assertThat(reason(new CertificateException("No subject alternative DNS name matching a found"), Map.of()))
                .contains("for another host");
    }

    @Test
    void brokerThatSpeaksAnotherVersionNamesTheProperty() {
        assertThat(reason(new MqttNotConnectedException("only 3.1.1", 132), Map.of()))
                .startsWith("the broker does not speak this version of MQTT (expected: framegate.deliver.t.version");
    }

    @Test
    void otherFailuresAreSaidAsTheyAre() {
        assertThat(reason(new IOException("broken"), Map.of("url", "tcp://127.0.0.1:1")))
                .isEqualTo("IOException: broken");
    }
}
