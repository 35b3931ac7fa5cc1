package io.framegate.it.target;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.framegate.intake.FramegateHeaders;
import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    private final @Nullable Certificate certificate;
    private volatile int refusal = UNPROCESSABLE;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /** A server that asks for user and password. */
    public HttpTarget() {
        this(false, null);
    }

    private HttpTarget(boolean open, @Nullable Certificate certificate) {
        this.open = open;
        this.certificate = certificate;
    }

    /** The same behind TLS. */
    public static HttpTarget overTls(Certificate certificate) {
        return new HttpTarget(false, certificate);
    }

    /** A server that takes from anybody. */
    static HttpTarget withoutPassword() {
        return new HttpTarget(true, null);
    }

    @Override
    public void start() {
        try {
            server = create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
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
        // One peer that sends half a request must not hold up the others.
        ExecutorService workers = Executors.newCachedThreadPool();
        threads = workers;
        server.setExecutor(workers);
        server.start();
    }

    private HttpServer create(InetSocketAddress address) throws IOException {
        if (certificate == null) {
            return HttpServer.create(address, 0);
        }
        HttpsServer secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        return secure;
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
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "framegate.deliver.http.url",
                (certificate == null ? "http" : "https") + "://127.0.0.1:" + port + "/images",
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
