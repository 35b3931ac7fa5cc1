package io.framegate.tool.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.framegate.tool.Connection;
import io.framegate.tool.FrameClient;
import io.framegate.tool.HttpAnswer;
import io.framegate.tool.replay.ReplayOutcome.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Posts files to a gateway, one request after the other on one connection, and waits for each answer. Files are not
 * read into memory. For one thread.
 */
final class GatewayPosts implements AutoCloseable {

    private final FrameClient client;
    private final @Nullable String authorization;
    private @Nullable Connection connection;

    /**
     * Creates the posts of this client.
     *
     * @param authorization the value of the header, or null for requests without it
     */
    GatewayPosts(FrameClient client, @Nullable String authorization) {
        this.client = client;
        this.authorization = authorization;
    }

    /** Posts an image and the JSON that describes it as one event. */
    ReplayOutcome postEvent(String camera, String document, String part, String mediaType, Path image)
            throws IOException {
        String boundary = "framegate-" + UUID.randomUUID();
        String head = "--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"event\"\r\nContent-Type: application/json\r\n\r\n"
                + document
                + "\r\n--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"" + part + "\"\r\nContent-Type: " + mediaType
                + "\r\n\r\n";
        String tail = "\r\n--" + boundary + "--\r\n";
        return post(camera, "multipart/form-data; boundary=" + boundary, head, image, tail);
    }

    /** Posts a packet unchanged. */
    ReplayOutcome postPacket(String camera, String mediaType, Path packet) throws IOException {
        return post(camera, mediaType, "", packet, "");
    }

    private ReplayOutcome post(String camera, String contentType, String before, Path file, String after)
            throws IOException {
        Connection to = connected();
        FileChannel content = FileChannel.open(file);
        long length = content.size();
        ByteBuf start = bytes(before);
        ByteBuf end = bytes(after);
        ByteBuf head = bytes(head(camera, contentType, start.readableBytes() + length + end.readableBytes()));
        try {
            to.write(head, start, new ChunkedNioFile(content, 0, length, FrameClient.PIECE), end);
            HttpAnswer answer = to.answer();
            return ReplayOutcome.answered(answer.status(), answer.body());
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return new ReplayOutcome(Kind.UNANSWERED, "no answer: " + e.getMessage());
        }
    }

    private String head(String camera, String contentType, long length) {
        String query = camera.isEmpty() ? "" : "?camera=" + URLEncoder.encode(camera, UTF_8);
        return "POST /replay" + query + " HTTP/1.1\r\nHost: " + client.to()
                + "\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + length
                + (authorization == null ? "" : "\r\nAuthorization: " + authorization)
                + "\r\n\r\n";
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(UTF_8));
    }

    private Connection connected() throws GatewayAwayException {
        Connection open = connection;
        if (open == null || !open.isOpen()) {
            open = GatewayAwayException.connect(client, true);
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
