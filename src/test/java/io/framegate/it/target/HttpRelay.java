package io.framegate.it.target;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Stands before an HTTP server and refuses requests with 403; all others it passes on with every header as it was
 * signed.
 */
final class HttpRelay implements AutoCloseable {

    private static final int FORBIDDEN = 403;
    private static final List<String> OF_THE_CONNECTION = List.of("Connection", "Expect", "Transfer-encoding", "Date");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int serverPort;
    private final Predicate<HttpExchange> refused;
    private final byte[] refusal;
    private final HttpServer relay;

    HttpRelay(int port, int serverPort, Predicate<HttpExchange> refused, String refusal) {
        this.serverPort = serverPort;
        this.refused = refused;
        this.refusal = refusal.getBytes(ISO_8859_1);
        try {
            relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        relay.createContext("/", this::relay);
        relay.setExecutor(threads);
        relay.start();
    }

    private void relay(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (refused.test(exchange)) {
                answer(exchange, FORBIDDEN, refusal);
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
                server.getOutputStream().write(head(exchange));
                server.getOutputStream().write(body);
                InputStream response = server.getInputStream();
                String status = line(response);
                for (String header = line(response); !header.isEmpty(); header = line(response)) {
                    String[] pair = header.split(": ", 2);
                    if (!OF_THE_CONNECTION.contains(pair[0]) && !pair[0].equalsIgnoreCase("Content-Length")) {
                        exchange.getResponseHeaders().add(pair[0], pair[1]);
                    }
                }
                answer(exchange, Integer.parseInt(status, 9, 12, 10), response.readAllBytes());
            }
        }
    }

    /** In HTTP 1.0, so that the server closes the connection after its answer and does not send it in chunks. */
    private static byte[] head(HttpExchange exchange) {
        StringBuilder head =
                new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " HTTP/1.0\r\n");
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n"));
            }
        });
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(ISO_8859_1).strip();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        relay.stop(0);
        threads.shutdownNow();
    }
}
