package io.framegate.outbox.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The server stores the bytes of a request as they come, as s3rver does, and answers with their MD5. */
@Execution(ExecutionMode.CONCURRENT)
class S3ConnectionTest {

    private static final byte[] IMAGE = image();

    private final List<byte[]> stored = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final HttpServer server = server();
    private volatile byte[] damage = new byte[0];
    private volatile Map<String, String> answer = Map.of();

    @TempDir
    private Path directory = Path.of(".");

    private static byte[] image() {
        byte[] image = new byte[300_000];
        new Random(7).nextBytes(image);
        return image;
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::store);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void store(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            stored.add(body);
            headers.add(exchange.getRequestHeaders());
            byte[] kept = damage.length == 0 ? body : damage;
            exchange.getResponseHeaders().add("ETag", '"' + md5(kept) + '"');
            answer.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(RequestBody body) {
        S3Connection connection = new S3Connection();
        connection.setEndpoint("http://127.0.0.1:" + server.getAddress().getPort());
        connection.setPathStyle(true);
        connection.setAccessKey("key");
        connection.setSecretKey("test-secret");
        try (S3Client client = S3Connection.client(connection)) {
            client.putObject(put -> put.bucket("images").key("a/1.jpg"), body);
        }
    }

    @Test
    void fileIsStoredAsItIsByServersThatKnowNoChunks() throws IOException {
        put(RequestBody.fromFile(Files.write(directory.resolve("1.jpg"), IMAGE)));
        assertThat(stored).singleElement().isEqualTo(IMAGE);
        assertThat(headers).singleElement().satisfies(sent -> {
            assertThat(sent.containsKey("x-amz-decoded-content-length")).isFalse();
            assertThat(sent.getFirst("x-amz-content-sha256")).doesNotContain("STREAMING");
        });
    }

    @Test
    void documentIsStoredAsItIs() {
        put(RequestBody.fromBytes(IMAGE));
        assertThat(stored).singleElement().isEqualTo(IMAGE);
    }

    @Test
    void otherBytesThanWereSentAreAFailureThatSaysSo() {
        damage = "aws-chunked".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> put(RequestBody.fromBytes(IMAGE)))
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("stored other bytes than were sent: ETag " + md5(damage) + " (expected: "
                        + md5(IMAGE) + ", the MD5 of the sent bytes)")
                .satisfies(failure -> assertThat(Refusals.isRefusal(failure)).isFalse());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void etagThatIsNoMd5IsNotCompared(String name, Map<String, String> answered) {
        answer = answered;
        assertThatCode(() -> put(RequestBody.fromBytes(IMAGE))).doesNotThrowAnyException();
    }

    static Stream<Arguments> etagThatIsNoMd5IsNotCompared() {
        String other = "0123456789abcdef0123456789abcdef";
        return Stream.of(
                Arguments.of("of parts", Map.of("ETag", '"' + other + "-2\"")),
                Arguments.of("Azure's", Map.of("ETag", "\"0x8DC0FFEE\"")),
                Arguments.of("empty", Map.of("ETag", "")),
                Arguments.of("encrypted by KMS", Map.of("ETag", other, "x-amz-server-side-encryption", "aws:kms")),
                Arguments.of(
                        "encrypted by the client's key",
                        Map.of("ETag", other, "x-amz-server-side-encryption-customer-algorithm", "AES256")));
    }

    @Test
    void etagInCapitalsIsTheSame() {
        answer = Map.of("ETag", md5(IMAGE).toUpperCase(Locale.ROOT));
        assertThatCode(() -> put(RequestBody.fromBytes(IMAGE))).doesNotThrowAnyException();
    }
}
