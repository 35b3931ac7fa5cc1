package io.framegate.outbox.deliver;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes a client of AWS, or of another server that speaks S3. The client connects when it is used. */
public final class S3Connection {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private String endpoint = "";
    private String region = "us-east-1";
    private String accessKey = "";
    private String secretKey = "";
    private boolean pathStyle;

    /** The server's address; empty for AWS. */
    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint;
    }

    /** The region, which most servers besides AWS ignore. */
    public void setRegion(String region) {
        this.region = region;
    }

    /** Empty for what AWS's tools use: environment, profile, the machine's role. */
    public void setAccessKey(String accessKey) {
        this.accessKey = accessKey;
    }

    /** The secret of the access key. */
    public void setSecretKey(String secretKey) {
        this.secretKey = secretKey;
    }

    /** Whether the bucket stands in the path instead of the host's name. */
    public void setPathStyle(boolean pathStyle) {
        this.pathStyle = pathStyle;
    }

    /** A new client; whoever asks closes it. */
    public S3Client client() {
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(region))
                .forcePathStyle(pathStyle)
                // Only AWS knows the checksums that the client adds of itself.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .httpClientBuilder(
                        ApacheHttpClient.builder().connectionTimeout(TIMEOUT).socketTimeout(TIMEOUT))
                .overrideConfiguration(calls ->
                        calls.apiCallTimeout(TIMEOUT.multipliedBy(3)).addExecutionInterceptor(new S3Tagging()));
        if (!endpoint.isEmpty()) {
            client.endpointOverride(URI.create(endpoint));
        }
        if (!accessKey.isEmpty()) {
            client.credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
        }
        return client.build();
    }
}
