package io.framegate.intake;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.RejectReason;
import io.framegate.it.support.Camera;
import io.framegate.it.support.Http;
import io.framegate.settings.NodeName;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends an HTTP request, how it logs in and what it is answered, on a real socket. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
class HttpSendersTest {

    private static final byte[] PACKET = "<config><a>1</a></config>".getBytes(UTF_8);
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final int MAX_REJECTS = 3;

    private final TestListener listener = new TestListener(
            Map.of(),
            new ConnectionCount(1000, new PeerLimits(100, Long.MAX_VALUE, MAX_REJECTS, Duration.ofMinutes(10))));

    @AfterEach
    void close() {
        listener.close();
    }

    private CloseableHttpClient digestClient(String password, boolean expectContinue) {
        BasicCredentialsProvider login = new BasicCredentialsProvider();
        login.setCredentials(
                new AuthScope("127.0.0.1", listener.port()),
                new UsernamePasswordCredentials("camera", password.toCharArray()));
        return HttpClients.custom()
                .setDefaultCredentialsProvider(login)
                .disableAutomaticRetries()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setTargetPreferredAuthSchemes(List.of("Digest"))
                        .setExpectContinueEnabled(expectContinue)
                        .build())
                .build();
    }

    private int post(CloseableHttpClient client) throws IOException {
        HttpPost post = new HttpPost("http://127.0.0.1:" + listener.port() + "/alarm?a=1");
        post.setEntity(new ByteArrayEntity(PACKET, ContentType.APPLICATION_XML));
        return client.execute(post, response -> response.getCode());
    }

    @Test
    void everyPacketAndRejectNamesTheGatewayThatReceivedIt() throws IOException {
        try (CloseableHttpClient client = HttpClients.createDefault();
                Camera garbage = listener.camera()) {
            assertThat(post(client)).isEqualTo(200);
            garbage.send("no packet at all".getBytes(UTF_8)).finish();
            eventually("both").until(() -> listener.received().size() == 2);
        }
        assertThat(listener.received())
                .allSatisfy(headers -> assertThat(headers).containsEntry(FramegateHeaders.NODE, NodeName.of("")));
    }

    private void assertNobodyIsRejected() {
        assertThat(listener.received()).noneMatch(headers -> headers.containsKey(FramegateHeaders.REJECT_REASON));
        assertThat(listener.log()).noneMatch(line -> line.startsWith("WARN"));
        assertThat(listener.connections().bans()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientOfDigestLogsInHoweverManyConnectionsItMakes(boolean expectContinue) throws IOException {
        listener.setLogin("camera", "p\u00e4ss:word");
        for (int connection = 0; connection < 2 * MAX_REJECTS; connection++) {
            try (CloseableHttpClient client = digestClient("p\u00e4ss:word", expectContinue)) {
                for (int request = 0; request < 3; request++) {
                    assertThat(post(client)).isEqualTo(200);
                }
            }
        }
        assertThat(listener.received()).hasSize(6 * MAX_REJECTS);
        assertNobodyIsRejected();
    }

    @Test
    void clientOfDigestWithAWrongPasswordIsBanned() throws IOException {
        listener.setLogin("camera", "secret");
        for (int request = 0; request < MAX_REJECTS; request++) {
            try (CloseableHttpClient client = digestClient("wrong", false)) {
                assertThat(post(client)).isEqualTo(401);
            }
        }
        assertThat(listener.connections().bans()).isEmpty();
        try (CloseableHttpClient client = digestClient("wrong", false)) {
            assertThat(post(client)).isEqualTo(401);
        } catch (IOException closed) {
            // The connection of a banned address goes with or without an answer.
        }
        assertThat(listener.connections().bans()).singleElement().satisfies(ban -> assertThat(ban.reason())
                .isEqualTo(RejectReason.UNAUTHORIZED));
    }

    @Test
    void clientThatTriesWithoutAPasswordFirstMayUseBasic() throws IOException, InterruptedException {
        listener.setLogin("camera", "secret");
        for (int number = 0; number < 2 * MAX_REJECTS; number++) {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .authenticator(new Authenticator() {
                        @Override
                        protected PasswordAuthentication getPasswordAuthentication() {
                            return new PasswordAuthentication("camera", "secret".toCharArray());
                        }
                    })
                    .build();
            HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + "/"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(PACKET))
                    .build();
            assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
        assertThat(listener.received()).hasSize(2 * MAX_REJECTS);
        assertNobodyIsRejected();
    }

    @Test
    void refusedBodyIsDroppedAndTheConnectionGoesOn() {
        listener.setLogin("camera", "secret");
        byte[] large = new byte[200_000];
        try (Camera camera = listener.camera()) {
            for (int number = 0; number < 3; number++) {
                assertThat(camera.send(Http.post("/a", large)).answer().status())
                        .isEqualTo(401);
            }
            byte[] right = Http.post("/a", PACKET, "Authorization: Basic Y2FtZXJhOnNlY3JldA==");
            assertThat(camera.send(right).answer().status()).isEqualTo(200);
        }
        assertNobodyIsRejected();
    }

    @Test
    void addressThatNeverLogsInIsBannedInTheEnd() {
        listener.setLogin("camera", "secret");
        for (int number = 0; number < 16 + MAX_REJECTS; number++) {
            try (Camera camera = listener.camera("127.0.9.40")) {
                assertThat(camera.post(PACKET).status()).isEqualTo(401);
            }
        }
        assertThat(listener.connections().bans()).isEmpty();
        try (Camera camera = listener.camera("127.0.9.40").send(Http.post("/a", PACKET))) {
            assertThat(camera.isClosedWithin(SOON)).isTrue();
        }
        assertThat(listener.connections().bans()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.7.1 | X-Forwarded-For: 198.51.100.1, 192.0.2.7 | 192.0.2.7 | 192.0.2.7",
                "127.0.7.1 | X-Forwarded-For: 192.0.2.7:4711, 127.0.7.2 | 192.0.2.7 | 192.0.2.7:4711",
                "127.0.7.1 | Forwarded: for=\"[2001:db8::7]:4711\" | 2001:db8:0:0:0:0:0:7 | 2001:db8:0:0:0:0:0:7:4711",
                "127.0.7.1 | X-Forwarded-For: unknown | 127.0.7.1 | ",
                "127.0.8.1 | X-Forwarded-For: 192.0.2.7 | 127.0.8.1 | ",
            })
    void senderIsTheClientOfATrustedProxy(String peer, String header, String host, String address) {
        listener.formats().setTrustedProxies("127.0.7.0/24");
        try (Camera camera = listener.camera(peer)) {
            // The next request of the same connection may be another client's.
            camera.send(Http.post("/a", PACKET, "X-Forwarded-For: 192.0.2.99")).answer();
            assertThat(camera.send(Http.post("/a", PACKET, header)).answer().status())
                    .isEqualTo(200);
            camera.send("POST / HTTP/1.1\r\n" + header + "\r\nTransfer-Encoding: identity\r\n\r\n");
            assertThat(camera.isClosedWithin(SOON)).isTrue();
            assertThat(listener.received().get(1))
                    .containsEntry(FramegateHeaders.PEER_HOST, host)
                    .containsEntry(FramegateHeaders.PEER, address == null ? camera.address() : address);
            eventually("the reject").until(() -> listener.received().size() == 3);
            assertThat(listener.received().get(2))
                    .containsEntry(FramegateHeaders.PEER_HOST, peer)
                    .containsEntry(FramegateHeaders.PEER, camera.address());
        }
        eventually("both ends").until(() -> listener.log().size() >= 2);
        assertThat(listener.log()).allMatch(line -> line.contains("peer=" + peer));
    }

    @Test
    void nobodyIsTrustedUnlessAPropertySaysSo() {
        try (Camera camera = listener.camera()) {
            camera.send(Http.post("/a", PACKET, "X-Forwarded-For: 192.0.2.7")).answer();
        }
        assertThat(listener.received().get(0)).containsEntry(FramegateHeaders.PEER_HOST, "127.0.0.1");
    }

    @Test
    void answerIsInTheDialectThatTheRoutesRecognise() {
        for (Map.Entry<String, String> dialect : Map.of(
                        "dahua", "{\"Result\":true}",
                        "hikvision", "<statusCode>1</statusCode>",
                        "gat1400", "\"StatusCode\":0",
                        "tvt", "<status>success</status>",
                        "Klingon", "<status>success</status>")
                .entrySet()) {
            listener.setDialect(dialect.getKey());
            try (Camera camera = listener.camera()) {
                assertThat(camera.post(PACKET).body()).contains(dialect.getValue());
            }
        }
        try (Camera camera = listener.camera()) {
            assertThat(camera.send(Http.post("/a", "nonsense".getBytes(UTF_8)))
                            .answer()
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void propertyChoosesTheAnswerAndThePlaceOfTheName() {
        listener.formats().setAnswer("dahua");
        listener.formats().setCamera("/feed/{camera}");
        try (Camera camera = listener.camera()) {
            assertThat(camera.send(Http.post("/feed/gate", PACKET)).answer().body())
                    .contains("{\"Result\":true}");
        }
    }
}
