package io.framegate.tool.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Posts to a gateway, one request at a time on one connection, and waits for what it says. Files are not held in memory. For one
 * thread.
 */
final class HttpPosts {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** The gateway answers when it has stored, and tries that several times. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI gateway;
    private final @Nullable String authorization;

    /**
     * Posts to this gateway.
     *
     * @param authorization the header's value, or null if there is none
     */
    HttpPosts(URI gateway, @Nullable String authorization) {
        this.gateway = gateway;
        this.authorization = authorization;
    }

    /** Posts an image, and what is said of it in JSON, as one event. */
    Outcome postEvent(String camera, String document, String part, String mediaType, Path image) throws IOException {
        String boundary = "framegate-" + UUID.randomUUID();
        String head = "--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"event\"\r\nContent-Type: application/json\r\n\r\n"
                + document
                + "\r\n--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"" + part + "\"\r\nContent-Type: " + mediaType
                + "\r\n\r\n";
        return post(
                camera,
                "multipart/form-data; boundary=" + boundary,
                BodyPublishers.concat(
                        BodyPublishers.ofString(head, UTF_8),
                        file(image),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
    }

    /** Posts a packet as it is. */
    Outcome postPacket(String camera, String mediaType, Path packet) throws IOException {
        return post(camera, mediaType, file(packet));
    }

    private static BodyPublisher file(Path file) throws FileNotFoundException {
        return BodyPublishers.ofFile(file);
    }

    private Outcome post(String camera, String contentType, BodyPublisher body) throws IOException {
        String query = camera.isEmpty() ? "" : "?camera=" + URLEncoder.encode(camera, UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve("/replay" + query))
                .timeout(ANSWER)
                .header("Content-Type", contentType)
                .POST(body);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            return Outcome.answered(answer.statusCode(), answer.body());
        } catch (ConnectException | HttpTimeoutException e) {
            throw new GatewayAwayException(gateway, e);
        } catch (IOException e) {
            return Outcome.unanswered("no answer: " + (e.getMessage() == null ? e : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayAwayException(gateway, e);
        }
    }
}
