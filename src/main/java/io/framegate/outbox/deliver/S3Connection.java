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

/**
 * Creates a client for AWS, or for another server with its protocol. The client connects at the first request.
 *
 * <p>Over plain HTTP, the SDK cuts a body into signed chunks ({@code aws-chunked}). Many other servers do not know this
 * encoding and store the chunk headers as part of the object. The client for another server signs the body as a whole,
 * and verifies the stored object with {@link S3StoredWhole}.
 */
public final class S3Connection {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private String endpoint = "";
    private String region = "us-east-1";
    private String accessKey = "";
    private String secretKey = "";
    private boolean pathStyle;

    /** The server's address. Empty for AWS. */
    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint;
    }

    /** The region. Most servers but AWS ignore it. */
    public void setRegion(String region) {
        this.region = region;
    }

    /** The access key. Empty for the default chain of AWS: environment, profile, the machine's role. */
    public void setAccessKey(String accessKey) {
        this.accessKey = accessKey;
    }

    public void setSecretKey(String secretKey) {
        this.secretKey = secretKey;
    }

    /** Whether the bucket is in the path instead of the host name. */
    public void setPathStyle(boolean pathStyle) {
        this.pathStyle = pathStyle;
    }

    /**
     * Creates a client, which the caller closes. Static and with an argument, because a local bean of a route template
     * (Camel 4.18) can be made by a factory method but not by a builder.
     */
    public static S3Client client(S3Connection connection) {
        return connection.client();
    }

    private S3Client client() {
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(region))
                .forcePathStyle(pathStyle)
                // Only AWS supports the checksums that the client adds by default.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .httpClientBuilder(
                        ApacheHttpClient.builder().connectionTimeout(TIMEOUT).socketTimeout(TIMEOUT))
                .overrideConfiguration(calls ->
                        calls.apiCallTimeout(TIMEOUT.multipliedBy(3)).addExecutionInterceptor(new S3Tagging()));
        if (!endpoint.isEmpty()) {
            client.endpointOverride(URI.create(endpoint))
                    .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                    .overrideConfiguration(client.overrideConfiguration()
                            .copy(calls -> calls.addExecutionInterceptor(new S3StoredWhole())));
        }
        if (!accessKey.isEmpty()) {
            client.credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
        }
        return client.build();
    }
}
