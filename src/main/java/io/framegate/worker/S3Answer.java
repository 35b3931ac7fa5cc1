package io.framegate.worker;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Evaluates an error of S3 for the request of an image. Stateless. */
final class S3Answer {

    private static final String NO_BYTES = "InvalidRange";

    /** Without the right to list the bucket, {@code AccessDenied} is the answer for a key that does not exist. */
    private static final Set<String> NO_IMAGE =
            Set.of("NoSuchKey", "NoSuchVersion", "AccessDenied", "KeyTooLongError", "InvalidObjectState", NO_BYTES);

    private S3Answer() {}

    /** Whether the answer is about this image. All other answers are about the bucket, the keys or the server. */
    static boolean isOfTheImage(Exception failure) {
        return NO_IMAGE.contains(code(failure));
    }

    /** Whether the object is empty: no range of it can be read. */
    static boolean isEmptyObject(Exception failure) {
        return code(failure).equals(NO_BYTES);
    }

    private static String code(Exception failure) {
        AwsErrorDetails details = failure instanceof S3Exception answer ? answer.awsErrorDetails() : null;
        String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }
}
