package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;

import com.sun.net.httpserver.HttpExchange;
import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3Proxy before a directory, as a process. What it refuses it answers with 403 AccessDenied. */
public final class S3Target implements TargetServer {

    public static final String SECRET_KEY = "test-secret-s3";

    private static final Duration START = Duration.ofMinutes(1);
    private static final String BUCKET = "framegate-images";
    private static final String REGION = "us-east-1";

    private final Path directory;
    private final List<String> buckets;
    private final int port = GatewayProcess.freePort();
    private final int serverPort = GatewayProcess.freePort();
    private final int tlsPort = GatewayProcess.freePort();
    private @Nullable Certificate certificate;
    private volatile Predicate<String> refused = name -> false;
    private @Nullable ServerProcess process;
    private @Nullable HttpRelay relay;
    private final List<String> tagging = new CopyOnWriteArrayList<>();
    private List<Delivered> last = List.of();

    /** A server that keeps its objects in this directory, with a bucket for the default target and these. */
    public S3Target(Path directory, String... besides) {
        this.directory = directory.resolve("s3");
        this.buckets = Stream.concat(Stream.of(BUCKET), Stream.of(besides)).toList();
    }

    /** Speaks TLS too, from the next start on; returns the address for it. */
    public String overTls(Certificate shown) {
        certificate = shown;
        return "https://127.0.0.1:" + tlsPort;
    }

    @Override
    public void start() {
        try {
            for (String bucket : buckets) {
                Files.createDirectories(directory.resolve("objects").resolve(bucket));
            }
            Files.write(
                    directory.resolve("s3proxy.conf"),
                    List.of(
                            "s3proxy.endpoint=http://127.0.0.1:" + serverPort,
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=" + USER,
                            "s3proxy.credential=" + SECRET_KEY,
                            // Or it would refuse tags, of which it knows nothing.
                            "s3proxy.ignore-unknown-headers=true",
                            "jclouds.provider=filesystem-nio2",
                            "jclouds.filesystem.basedir=" + directory.resolve("objects"),
                            tls()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerProcess started = ServerProcess.java(
                directory,
                List.of("-jar", ServerProcess.library("s3proxy.jar").toString(), "--properties", "s3proxy.conf"));
        process = started;
        eventually("S3Proxy listening", START).until(() -> started.listens(serverPort));
        relay = new HttpRelay(port, serverPort, this::refuses, "<Error><Code>AccessDenied</Code></Error>");
    }

    private String tls() {
        return certificate == null
                ? ""
                : "s3proxy.secure-endpoint=https://127.0.0.1:" + tlsPort + "\ns3proxy.keystore-path="
                        + certificate.keyStore() + "\ns3proxy.keystore-password=" + Certificate.PASSWORD;
    }

    /** The tags of each object that was put, as the request had them: S3Proxy forgets them. */
    List<String> tagging() {
        return List.copyOf(tagging);
    }

    private boolean refuses(HttpExchange request) {
        if (request.getRequestHeaders().containsKey("x-amz-tagging")) {
            tagging.add(request.getRequestHeaders().getFirst("x-amz-tagging"));
        }
        String path = request.getRequestURI().getPath();
        return request.getRequestMethod().equals("PUT") && refused.test(path.substring(path.indexOf('/', 1) + 1));
    }

    @Override
    public void stop() {
        if (process != null) {
            last = delivered();
        }
        close();
    }

    private String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public Map<String, String> properties() {
        return properties("s3", BUCKET);
    }

    /** The properties of a target of this name with this bucket. */
    Map<String, String> properties(String target, String bucket) {
        String of = "framegate.deliver." + target;
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(of + ".bucket", bucket);
        properties.put(of + ".region", REGION);
        properties.put(of + ".endpoint", endpoint());
        properties.put(of + ".access-key", USER);
        properties.put(of + ".secret-key", SECRET_KEY);
        properties.put(of + ".path-style", "true");
        return properties;
    }

    @Override
    public List<Delivered> delivered() {
        return process == null ? last : delivered(BUCKET);
    }

    /** What is in a bucket. */
    List<Delivered> delivered(String bucket) {
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, SECRET_KEY)))
                .build()) {
            return client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                    .map(object -> read(client, bucket, object))
                    .toList();
        }
    }

    private static Delivered read(S3Client client, String bucket, S3Object object) {
        ResponseBytes<GetObjectResponse> response =
                client.getObjectAsBytes(get -> get.bucket(bucket).key(object.key()));
        return new Delivered(
                object.key(), response.asByteArray(), response.response().metadata());
    }

    @Override
    public void refuse(Predicate<String> names) {
        refused = names;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
        if (relay != null) {
            relay.close();
            relay = null;
        }
    }
}
