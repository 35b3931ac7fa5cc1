package io.framegate.outbox.deliver;

import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Distinguishes a target that refuses an image from one that is away. Wrong credentials, a missing bucket and a full
 * server count as away: another image would be refused as well, and the whole backlog set aside.
 *
 * <p>Exceptions are identified by the names of their classes, so the client of a target is not loaded before it fails.
 */
public final class Refusals {

    /** Answers about unknown commands, TLS (vsftpd: 522, it expects a reused session) and the log-in. */
    private static final Set<Integer> FTP_NOT_THE_IMAGE =
            Set.of(500, 502, 503, 504, 521, 522, 530, 532, 533, 534, 535, 536);

    /** SSH_FX_NO_SUCH_FILE, SSH_FX_PERMISSION_DENIED. */
    private static final Set<Integer> SFTP_REFUSALS = Set.of(2, 3);

    /** Errors of the credentials, the clock or the bucket. */
    private static final Set<String> S3_NOT_THE_OBJECT = Set.of(
            "SignatureDoesNotMatch",
            "InvalidAccessKeyId",
            "ExpiredToken",
            "InvalidToken",
            "RequestTimeTooSkewed",
            "RequestExpired",
            "NoSuchBucket",
            "AuthorizationHeaderMalformed",
            "PermanentRedirect",
            "AccountProblem",
            "QuotaExceeded",
            "XMinioStorageFull",
            "SlowDown");

    /**
     * Not authorized, topic name invalid, packet too large, payload format invalid; and Paho's code for packet too
     * large.
     */
    private static final Set<Integer> MQTT_REFUSALS = Set.of(131, 135, 144, 149, 153, 51002);

    /** Packet too large; and Paho's code of that name. */
    private static final Set<Integer> MQTT_TOO_LONG = Set.of(149, 51002);

    private static final Set<Integer> FTP_LOGIN = Set.of(332, 430, 530, 532);
    private static final Set<Integer> HTTP_LOGIN = Set.of(401, 407);
    private static final int HTTP_TOO_LONG = 413;
    private static final Set<String> S3_LOGIN = Set.of("SignatureDoesNotMatch", "InvalidAccessKeyId");

    private static final Map<String, Predicate<Throwable>> BY_NAME = Map.of(
            "org.apache.camel.component.file.GenericFileOperationFailedException",
            failure -> ftp((GenericFileOperationFailedException) failure) || isOfTheName(failure),
            "com.jcraft.jsch.SftpException",
            failure -> sftp((SftpException) failure),
            "org.apache.camel.http.base.HttpOperationFailedException",
            failure -> http((HttpOperationFailedException) failure),
            "software.amazon.awssdk.services.s3.model.S3Exception",
            failure -> s3((S3Exception) failure),
            "jakarta.jms.JMSSecurityException",
            failure -> !isLogin(String.valueOf(failure.getMessage())),
            "jakarta.jms.JMSException",
            failure -> String.valueOf(failure.getMessage()).contains("message-size-exceeded"),
            "org.apache.kafka.common.errors.RecordTooLargeException",
            failure -> true,
            "org.eclipse.paho.mqttv5.common.MqttException",
            failure -> MQTT_REFUSALS.contains(((MqttException) failure).getReasonCode()));

    /** Answers of a target about the credentials. Another attempt may make it ban the gateway's address. */
    private static final Map<String, Predicate<Throwable>> LOGINS = Map.of(
            "org.apache.camel.component.file.GenericFileOperationFailedException",
            failure -> FTP_LOGIN.contains(((GenericFileOperationFailedException) failure).getCode()),
            "com.jcraft.jsch.JSchException",
            failure -> String.valueOf(failure.getMessage())
                    .matches("(?s)(Auth |USERAUTH |Login trials exceeds).*|.*Too many authentication failures.*"),
            "org.apache.camel.http.base.HttpOperationFailedException",
            failure -> HTTP_LOGIN.contains(((HttpOperationFailedException) failure).getStatusCode()),
            "software.amazon.awssdk.services.s3.model.S3Exception",
            failure -> S3_LOGIN.contains(code((S3Exception) failure)),
            "jakarta.jms.JMSSecurityException",
            failure -> isLogin(String.valueOf(failure.getMessage())),
            // A failed TLS handshake is not about user and password.
            "org.apache.kafka.common.errors.AuthenticationException",
            failure -> !failure.getClass().getSimpleName().equals("SslAuthenticationException"),
            "io.framegate.outbox.deliver.MqttNotConnectedException",
            failure -> ((MqttNotConnectedException) failure).isLogin());

    /**
     * Answers of a target about the length. They are about the image, no matter which images the target accepted
     * before.
     */
    private static final Map<String, Predicate<Throwable>> LENGTHS = Map.of(
            "org.apache.camel.http.base.HttpOperationFailedException",
            failure -> ((HttpOperationFailedException) failure).getStatusCode() == HTTP_TOO_LONG,
            "software.amazon.awssdk.services.s3.model.S3Exception",
            failure -> code((S3Exception) failure).equals("EntityTooLarge"),
            "jakarta.jms.JMSException",
            failure -> String.valueOf(failure.getMessage()).contains("message-size-exceeded"),
            "org.apache.kafka.common.errors.RecordTooLargeException",
            failure -> true,
            "org.eclipse.paho.mqttv5.common.MqttException",
            failure -> MQTT_TOO_LONG.contains(((MqttException) failure).getReasonCode()));

    private Refusals() {}

    /** Whether another attempt would fail too. */
    public static boolean isRefusal(@Nullable Throwable failure) {
        return says(failure, BY_NAME);
    }

    /** Whether the target refuses user, password or key. */
    public static boolean isLogin(@Nullable Throwable failure) {
        return says(failure, LOGINS);
    }

    /** Whether the target refuses an image because it is too long. */
    public static boolean isTooLong(@Nullable Throwable failure) {
        return says(failure, LENGTHS);
    }

    private static boolean says(@Nullable Throwable failure, Map<String, Predicate<Throwable>> kinds) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
                Predicate<Throwable> known = kinds.get(type.getName());
                if (known != null && known.test(cause)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether Camel reports that a whole upload did not get its name, because of the name or of a file that has it. */
    static boolean isOfTheName(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof GenericFileOperationFailedException operation
                && operation.getCode() == 0
                && (message.startsWith("Cannot rename file") || message.startsWith("Cannot delete file"))
                // An exception with another cause is a broken connection.
                && (failure.getCause() == null || failure.getCause().getCause() == null)
                && !(failure.getCause() instanceof IOException);
    }

    /** A failure with a cause is a broken connection, and its code may be the code of an earlier answer. */
    private static boolean ftp(GenericFileOperationFailedException failure) {
        return failure.getCause() == null && failure.getCode() >= 500 && !FTP_NOT_THE_IMAGE.contains(failure.getCode());
    }

    private static boolean sftp(SftpException failure) {
        return failure.getCause() == null && SFTP_REFUSALS.contains(failure.id);
    }

    private static boolean s3(S3Exception failure) {
        return isHttpRefusal(failure.statusCode()) && !S3_NOT_THE_OBJECT.contains(code(failure));
    }

    private static String code(S3Exception failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null ? "" : String.valueOf(details.errorCode());
    }

    /** Artemis reports AMQ229031 (unable to validate user), other brokers name SASL. */
    private static boolean isLogin(String message) {
        return message.contains("AMQ229031") || message.contains("SASL");
    }

    private static boolean http(HttpOperationFailedException failure) {
        return isHttpRefusal(failure.getStatusCode());
    }

    /** All 4xx but credentials (401, 407), request timeout (408), too early (425) and too many requests (429). */
    private static boolean isHttpRefusal(int status) {
        return status >= 400 && status < 500 && !Set.of(401, 407, 408, 425, 429).contains(status);
    }
}
