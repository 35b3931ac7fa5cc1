package io.framegate.outbox.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class RefusalsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusalOfAnImageIsSetAside(String name, Throwable failure) {
        assertThat(Refusals.isRefusal(failure)).isTrue();
        assertThat(Refusals.isRefusal(new RuntimeCamelException(failure))).isTrue();
    }

    static Stream<Arguments> refusalOfAnImageIsSetAside() {
        return Stream.of(
                Arguments.of("FTP: not allowed", ftp(550)),
                Arguments.of("FTP: too large", ftp(552)),
                Arguments.of("FTP: no such name", ftp(553)),
                Arguments.of("SFTP: permission denied", new SftpException(3, "Permission denied")),
                Arguments.of("SFTP: no such file", new SftpException(2, "No such file")),
                Arguments.of("HTTP: bad request", http(400)),
                Arguments.of("HTTP: forbidden", http(403)),
                Arguments.of("HTTP: too large", http(413)),
                Arguments.of("HTTP: not of use", http(422)),
                Arguments.of("S3: access denied", s3(403, "AccessDenied")),
                Arguments.of("S3: too large", s3(400, "EntityTooLarge")),
                Arguments.of("JMS: not authorized", new JMSSecurityException("AMQ229032: User: a does not have SEND")),
                Arguments.of("AMQP: too large", new JMSException("... [condition = amqp:link:message-size-exceeded]")),
                Arguments.of("Kafka: too large", new RecordTooLargeException("too large")),
                Arguments.of("MQTT: not authorized", new MqttException(135)),
                Arguments.of("MQTT: too large for the broker", new MqttException(149)),
                Arguments.of("MQTT: too large for the client", new MqttException(51002)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void absenceOfATargetIsWaitedFor(String name, Throwable failure) {
        assertThat(Refusals.isRefusal(failure)).isFalse();
        assertThat(Refusals.isRefusal(new RuntimeCamelException(failure))).isFalse();
    }

    static Stream<Arguments> absenceOfATargetIsWaitedFor() {
        return Stream.of(
                Arguments.of("connection refused", new ConnectException("Connection refused")),
                Arguments.of("any other", new IllegalStateException("closed")),
                Arguments.of("file: disk full", new GenericFileOperationFailedException("Cannot rename")),
                Arguments.of("FTP: shutting down", ftp(421)),
                Arguments.of("FTP: busy", ftp(450)),
                Arguments.of("FTP: disk full", ftp(452)),
                Arguments.of("FTP: no such command", ftp(502)),
                Arguments.of("FTP: the server died", ftp(500)),
                Arguments.of("FTP: TLS session not reused", ftp(522)),
                Arguments.of("FTP: not logged in", ftp(530)),
                Arguments.of("FTP: wants TLS", ftp(534)),
                Arguments.of(
                        "FTP: broke after an answer",
                        new GenericFileOperationFailedException(550, "no file", "broke", new IOException("closed"))),
                Arguments.of("SFTP: connection lost", new SftpException(4, "closed", new IOException("Pipe closed"))),
                Arguments.of("SFTP: failure, of whatever kind", new SftpException(4, "Failure")),
                Arguments.of("SFTP: credentials", new JSchException("Auth fail for methods 'password'")),
                Arguments.of("HTTP: moved", http(302)),
                Arguments.of("HTTP: credentials", http(401)),
                Arguments.of("HTTP: too slow", http(408)),
                Arguments.of("HTTP: too much", http(429)),
                Arguments.of("HTTP: broken", http(500)),
                Arguments.of("HTTP: away", http(503)),
                Arguments.of("S3: not reached", SdkClientException.create("no route")),
                Arguments.of("S3: broken", s3(500, "InternalError")),
                Arguments.of("S3: too much", s3(503, "SlowDown")),
                Arguments.of("S3: secret", s3(403, "SignatureDoesNotMatch")),
                Arguments.of("S3: access key", s3(403, "InvalidAccessKeyId")),
                Arguments.of("S3: credentials of yesterday", s3(400, "ExpiredToken")),
                Arguments.of("S3: no bucket", s3(404, "NoSuchBucket")),
                Arguments.of("JMS: credentials", new JMSSecurityException("AMQ229031: Unable to validate user")),
                Arguments.of("AMQP: credentials", new JMSSecurityException("Client failed to authenticate using SASL")),
                Arguments.of("JMS: not connected", new JMSException("AMQ219007: Cannot connect")),
                Arguments.of("Kafka: not reached", new TimeoutException("not present in metadata")),
                Arguments.of("Kafka: credentials", new TopicAuthorizationException("images")),
                Arguments.of("MQTT: credentials", new MqttException(32103)),
                Arguments.of("MQTT: connection lost", new MqttException(32109)),
                Arguments.of("MQTT: too much", new MqttException(151)),
                Arguments.of("Camel's own", new CamelExchangeException("away", null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusedLoginIsNoRefusalOfAnImage(String name, Throwable failure) {
        assertThat(Refusals.isLogin(failure)).isTrue();
        assertThat(Refusals.isLogin(new RuntimeCamelException(failure))).isTrue();
        assertThat(Refusals.isRefusal(failure)).isFalse();
    }

    static Stream<Arguments> refusedLoginIsNoRefusalOfAnImage() {
        return Stream.of(
                Arguments.of("FTP", ftp(530)),
                Arguments.of("SFTP: password", new JSchException("Auth fail for methods 'publickey,password'")),
                Arguments.of("SFTP: no method", new JSchException("Auth cancel for methods 'publickey'")),
                Arguments.of(
                        "SFTP: OpenSSH", new JSchException("SSH_MSG_DISCONNECT: 2 Too many authentication failures")),
                Arguments.of("HTTP", http(401)),
                Arguments.of("HTTP: proxy", http(407)),
                Arguments.of("S3: secret", s3(403, "SignatureDoesNotMatch")),
                Arguments.of("S3: access key", s3(403, "InvalidAccessKeyId")),
                Arguments.of("JMS", new JMSSecurityException("AMQ229031: Unable to validate user")),
                Arguments.of("AMQP", new JMSSecurityException("Client failed to authenticate using SASL: PLAIN")),
                Arguments.of("Kafka", new SaslAuthenticationException("Authentication failed")),
                Arguments.of("MQTT", new MqttNotConnectedException(new MqttException(134))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void otherFailuresAreNoRefusedLogin(String name, Throwable failure) {
        assertThat(Refusals.isLogin(failure)).isFalse();
    }

    static Stream<Arguments> otherFailuresAreNoRefusedLogin() {
        return Stream.concat(
                refusalOfAnImageIsSetAside(),
                Stream.of(
                        Arguments.of("SFTP: unknown key of the server", new JSchException("UnknownHostKey: ...")),
                        Arguments.of("S3: credentials of yesterday", s3(400, "ExpiredToken")),
                        Arguments.of("Kafka: TLS", new SslAuthenticationException("SSL handshake failed")),
                        Arguments.of("MQTT: not reached", new MqttNotConnectedException(new MqttException(32103)))));
    }

    private static Throwable ftp(int code) {
        return new GenericFileOperationFailedException(code, code + " said", "Error writing file");
    }

    private static Throwable http(int status) {
        return new HttpOperationFailedException("http://127.0.0.1/", status, "said", null, Map.of(), "");
    }

    private static Throwable s3(int status, String code) {
        return S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("said")
                        .build())
                .build();
    }
}
