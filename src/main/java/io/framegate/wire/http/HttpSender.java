package io.framegate.wire.http;

import io.framegate.wire.PeerAddress;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request.
 *
 * @param cameraId the camera that the request names, or null
 * @param client the client that a trusted proxy names, or null
 * @param host the address of the client, or of the connection's peer if no proxy names one
 */
record HttpSender(@Nullable String cameraId, @Nullable InetSocketAddress client, String host) {

    /** The connection's peer, for a request whose head cannot be read. */
    static final HttpSender PEER = new HttpSender(null, null, "");

    static HttpSender of(HttpRequest request, @Nullable SocketAddress peer, HttpOptions options) {
        InetSocketAddress client = ForwardedClient.of(request.headers(), peer, options.trusted());
        return new HttpSender(options.cameras().of(request), client, PeerAddress.host(client == null ? peer : client));
    }
}
