package io.framegate.outbox.deliver.connect;

import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Tries a server with S3: reads an object that does not exist. A write-only bucket denies that, but its answer still
 * shows that the key is right and the bucket exists. The answer to a query of the bucket itself would have no body, and
 * would not distinguish a wrong key from a bucket that may not be read.
 */
final class S3Trial implements Trial {

    @Override
    public String attempt(Endpoint endpoint, TargetProperties properties) {
        AWS2S3Endpoint s3 = (AWS2S3Endpoint) endpoint;
        S3Client client = s3.getS3Client();
        String bucket = s3.getConfiguration().getBucketName();
        try {
            client.getObjectAsBytes(
                    get -> get.bucket(bucket).key(UploadTrial.file(properties)).range("bytes=0-0"));
        } catch (NoSuchKeyException expected) {
            return "bucket " + bucket + " exists";
        } catch (S3Exception e) {
            AwsErrorDetails details = e.awsErrorDetails();
            if (details == null || !"AccessDenied".equals(details.errorCode())) {
                throw e;
            }
            return "bucket " + bucket + " may not be read; only an image shows whether it may be written";
        }
        return "bucket " + bucket + " exists";
    }
}
