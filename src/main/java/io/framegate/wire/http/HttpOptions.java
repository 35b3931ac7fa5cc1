package io.framegate.wire.http;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The options of a listener for HTTP requests and their responses. Thread-safe.
 *
 * @param login the login that requests need, or null if any client may post
 * @param cameras the places where requests name their cameras
 * @param answer the body of all successful responses, or null for that of each request's dialect
 * @param trusted whether a peer is a trusted proxy, which names its client
 */
public record HttpOptions(
        @Nullable HttpLogin login, CameraNames cameras, @Nullable SuccessBody answer, Predicate<InetAddress> trusted) {

    /** Any client may post; {@code ?camera=} names the camera; no proxy is trusted. */
    public static final HttpOptions DEFAULT =
            new HttpOptions(null, new CameraNames(List.of("?camera")), null, proxy -> false);

    /** The same options with a login. */
    public HttpOptions withLogin(HttpLogin login) {
        return new HttpOptions(login, cameras, answer, trusted);
    }
}
