package io.framegate.it.target;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.framegate.event.FramegateHeaders;
import io.framegate.it.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The JDK's HTTP server. What it refuses it answers with 422, but any status may be asked for. */
public final class HttpTarget implements TargetServer {

    public static final String PASSWORD = "test-secret-http";

    /** In the metadata of what has arrived: method and address. */
    static final String REQUEST = "Request";

    private static final int NO_CONTENT = 204;
    private static final int UNPROCESSABLE = 422;

    private final int port = GatewayProcess.freePort();
    private final List<Delivered> delivered = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> refused = name -> false;
    private final boolean open;
    private volatile int refusal = UNPROCESSABLE;
    private @Nullable HttpServer server;

    /** A server that asks for user and password. */
    public HttpTarget() {
        this(false);
    }

    private HttpTarget(boolean open) {
        this.open = open;
    }

    /** A server that takes from anybody. */
    static HttpTarget withoutPassword() {
        return new HttpTarget(true);
    }

    @Override
    public void start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HttpContext images = server.createContext("/images", this::receive);
        if (!open) {
            images.setAuthenticator(new BasicAuthenticator("framegate") {
                @Override
                public boolean checkCredentials(String user, String password) {
                    return user.equals(USER) && password.equals(PASSWORD);
                }
            });
        }
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            headers.put(REQUEST, exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Delivered image = new Delivered("", body, headers);
            String name = image.metadata().getOrDefault(FramegateHeaders.STORED_PATH, "");
            if (refused.test(name)) {
                exchange.sendResponseHeaders(refusal, -1);
                return;
            }
            delivered.add(new Delivered(name, body, headers));
            exchange.sendResponseHeaders(NO_CONTENT, -1);
        }
    }

    /** Refuses with this status from now on. */
    public void refuse(Predicate<String> names, int status) {
        refusal = status;
        refused = names;
    }

    @Override
    public void refuse(Predicate<String> names) {
        refuse(names, UNPROCESSABLE);
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "framegate.deliver.http.url",
                "http://127.0.0.1:" + port + "/images",
                "framegate.deliver.http.user",
                open ? "" : USER,
                "framegate.deliver.http.password",
                open ? "" : PASSWORD);
    }

    @Override
    public List<Delivered> delivered() {
        return List.copyOf(delivered);
    }

    @Override
    public void close() {
        stop();
    }
}
