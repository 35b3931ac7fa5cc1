package io.framegate.wire.http;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a listener asks of HTTP requests, and how it answers them. Thread-safe.
 *
 * @param login the user and password that requests must know, or null if anybody may post
 * @param cameras where requests name their cameras
 * @param answer the body of all successful responses, or null for that of each request's dialect
 * @param trusted whether a peer is a proxy that says who its client is
 */
public record HttpOptions(
        @Nullable HttpLogin login, CameraNames cameras, @Nullable SuccessBody answer, Predicate<InetAddress> trusted) {

    /** Anybody may post; {@code ?camera=} names the camera; no proxy is trusted. */
    public static final HttpOptions DEFAULT =
            new HttpOptions(null, new CameraNames(List.of("?camera")), null, proxy -> false);

    /** The same with a log-in. */
    public HttpOptions withLogin(HttpLogin login) {
        return new HttpOptions(login, cameras, answer, trusted);
    }
}
