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

    /** Unknown commands, TLS (vsftpd: 522, it expects a reused session), log-in. */
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
     * Not authorized, topic name invalid, packet too large, payload format invalid; and Paho's own: packet too large.
     */
    private static final Set<Integer> MQTT_REFUSALS = Set.of(131, 135, 144, 149, 153, 51002);

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

    private Refusals() {}

    /** Whether another attempt would fail too. */
    public static boolean isRefusal(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (says(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Whether Camel says that a whole upload did not get its name, because of the file that has it or of the name. */
    static boolean isOfTheName(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof GenericFileOperationFailedException operation
                && operation.getCode() == 0
                && (message.startsWith("Cannot rename file") || message.startsWith("Cannot delete file"))
                // An exception with another cause is a broken connection.
                && (failure.getCause() == null || failure.getCause().getCause() == null)
                && !(failure.getCause() instanceof IOException);
    }

    private static boolean says(Throwable cause) {
        for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
            Predicate<Throwable> known = BY_NAME.get(type.getName());
            if (known != null && known.test(cause)) {
                return true;
            }
        }
        return false;
    }

    /** A failure with a cause is a broken connection, and its code may be that of an earlier answer. */
    private static boolean ftp(GenericFileOperationFailedException failure) {
        return failure.getCause() == null && failure.getCode() >= 500 && !FTP_NOT_THE_IMAGE.contains(failure.getCode());
    }

    private static boolean sftp(SftpException failure) {
        return failure.getCause() == null && SFTP_REFUSALS.contains(failure.id);
    }

    private static boolean s3(S3Exception failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return isHttpRefusal(failure.statusCode())
                && (details == null || !S3_NOT_THE_OBJECT.contains(String.valueOf(details.errorCode())));
    }

    /** Artemis says AMQ229031 (unable to validate user), others name SASL. */
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
