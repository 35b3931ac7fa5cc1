package io.framegate.tool.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.framegate.tool.FrameClient;
import io.framegate.tool.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Posts to a server that keeps the bodies. */
@Timeout(60)
class GatewayPostsTest {

    private record Post(String uri, String type, String body, InetSocketAddress peer) {}

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private FrameClient client;
    private boolean closing;
    private int status = 200;

    @TempDir
    private Path directory = Path.of(".");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            posts.add(new Post(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                    exchange.getRemoteAddress()));
            if (closing) {
                exchange.getResponseHeaders().add("Connection", "close");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        client = new FrameClient(new HostPort("127.0.0.1", server.getAddress().getPort()), 1, null);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private int connections() {
        Set<InetSocketAddress> peers = new HashSet<>();
        posts.forEach(post -> peers.add(post.peer()));
        return peers.size();
    }

    private void postThree() throws IOException {
        Path packet = Files.writeString(directory.resolve("packet.xml"), "<config/>");
        try (GatewayPosts gateway = new GatewayPosts(client, null)) {
            for (int number = 0; number < 3; number++) {
                assertThat(gateway.postPacket("front door", "application/xml", packet))
                        .isEqualTo(ReplayOutcome.answered(status, ""));
            }
        }
        assertThat(posts)
                .hasSize(3)
                .allMatch(post -> post.uri().equals("/replay?camera=front+door")
                        && post.type().equals("application/xml")
                        && post.body().equals("<config/>"));
    }

    @Test
    void packetsShareAConnection() throws IOException {
        postThree();
        assertThat(connections()).isOne();
    }

    @Test
    void connectionIsOpenedAgainAfterTheGatewayClosesIt() throws IOException {
        closing = true;
        status = 503;
        postThree();
        assertThat(connections()).isEqualTo(3);
    }

    @Test
    void eventHasTheDocumentAndTheImage() throws IOException {
        Path image = Files.writeString(directory.resolve("image.bin"), "an image");
        try (GatewayPosts gateway = new GatewayPosts(client, null)) {
            gateway.postEvent("", "{\"sn\":\"7\"}", "facePicture", "image/jpeg", image);
        }
        Post post = posts.get(0);
        String boundary = post.type().substring("multipart/form-data; boundary=".length());
        assertThat(post.uri()).isEqualTo("/replay");
        assertThat(post.body().split("\r\n", -1))
                .containsExactly(
                        "--" + boundary,
                        "Content-Disposition: form-data; name=\"event\"",
                        "Content-Type: application/json",
                        "",
                        "{\"sn\":\"7\"}",
                        "--" + boundary,
                        "Content-Disposition: form-data; name=\"facePicture\"",
                        "Content-Type: image/jpeg",
                        "",
                        "an image",
                        "--" + boundary + "--",
                        "");
    }

    @Test
    void missingFileIsNotSent() {
        try (GatewayPosts gateway = new GatewayPosts(client, null)) {
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> gateway.postPacket("", "application/xml", directory.resolve("gone.xml")));
        }
        assertThat(posts).isEmpty();
    }
}
