package io.framegate.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.framegate.it.support.Pictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An HTTP target that keeps only the hashes of what it was sent, so that a long run does not fill the heap. */
final class HashingReceiver implements AutoCloseable {

    private static final int NO_CONTENT = 204;

    private final Set<String> hashes = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    HashingReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/images", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            // Throws if the body is shorter than its length says.
            hashes.add(Pictures.sha256(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(NO_CONTENT, -1);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/images";
    }

    /** Hashes of all images that came whole. */
    Set<String> hashes() {
        return hashes;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
