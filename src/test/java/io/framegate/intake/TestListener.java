package io.framegate.intake;

import io.framegate.it.support.Camera;
import io.framegate.it.support.GatewayProcess;
import io.framegate.routes.CapturedLog;
import io.framegate.settings.Catalogue;
import io.framegate.settings.ListenerSettings;
import io.framegate.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.impl.engine.PrototypeExchangeFactory;
import org.apache.camel.spi.ExchangeFactory;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/** A listener with the real pipeline on a real socket, and a route that keeps the headers of what comes. */
public final class TestListener implements AutoCloseable {

    /** The log of all connections. Tests that read it, or write lines of it, do not run side by side. */
    public static final String LOG = "io.framegate.connections";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final int port = GatewayProcess.freePort();
    private final List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
    private final CapturedLog log = CapturedLog.of(LOG);
    private final ConnectionCount connections;
    private final CameraPipelineFactory pipeline = new CameraPipelineFactory();
    private final WireFormats formats = new WireFormats();
    private final InFlight inFlight = new InFlight(64 << 20);
    private final ListenerAccess access;

    private final AtomicReference<@Nullable CompletableFuture<Void>> hold = new AtomicReference<>();
    private volatile @Nullable String dialect;

    /** Starts it with these properties: {@code allow=127.0.0.1}. */
    public TestListener(Map<String, String> properties) {
        this(properties, new ConnectionCount());
    }

    /** Starts it with these properties and limits. */
    TestListener(Map<String, String> properties, ConnectionCount connections) {
        this(properties, connections, new PrototypeExchangeFactory());
    }

    private TestListener(Map<String, String> properties, ConnectionCount connections, ExchangeFactory exchanges) {
        context.getCamelContextExtension().setExchangeFactory(exchanges);
        this.connections = connections;
        Map<String, String> values = new HashMap<>(Catalogue.standard().defaults());
        properties.forEach((name, value) -> values.put("framegate.camera." + name, value));
        access = ListenerAccess.of(new Settings(Catalogue.standard(), values::get), ListenerSettings.CAMERA);
        pipeline.setAccess(access);
        pipeline.setConnections(connections);
        pipeline.setInFlight(inFlight);
        pipeline.setIdleTimeout(Duration.ofMinutes(1));
        context.getRegistry().bind("pipeline", pipeline);
        context.getRegistry().bind("formats", formats);
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("netty:tcp://127.0.0.1:" + port
                                    + "?serverInitializerFactory=#pipeline&decoders=#formats&sync=false")
                            .process(new Receiver());
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        context.start();
        if (access.tls() != null) {
            access.tls().follow(context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "renewal"));
        }
    }

    /** One that uses its exchanges again, as {@code camel.main.exchange-factory=pooled} makes all consumers do. */
    static TestListener withPooledExchanges() {
        return new TestListener(Map.of(), new ConnectionCount(), new PooledExchangeFactory());
    }

    /** A step that holds no thread while it waits. */
    private final class Receiver extends AsyncProcessorSupport {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            CompletableFuture<Void> held = hold.getAndSet(null);
            if (held == null) {
                receive(exchange);
                callback.done(true);
                return true;
            }
            held.thenRun(() -> {
                receive(exchange);
                callback.done(false);
            });
            return false;
        }
    }

    private void receive(Exchange exchange) {
        received.add(Map.copyOf(exchange.getMessage().getHeaders()));
        if (dialect != null) {
            exchange.getMessage().setHeader(FramegateHeaders.DIALECT, dialect);
        }
    }

    /** Keeps the next packet in the route until this is complete. */
    void holdNext(CompletableFuture<Void> until) {
        hold.set(until);
    }

    /** Makes the route recognise this dialect in everything. */
    void setDialect(String tag) {
        dialect = tag;
    }

    /** What is asked of HTTP requests, if nobody has connected yet. */
    WireFormats formats() {
        return formats;
    }

    /** Asks for this user and password, if nobody has connected yet. */
    void setLogin(String user, String password) {
        formats.setUser(user);
        formats.setPassword(password);
    }

    void setMaxConnections(int most) {
        pipeline.setMaxConnections(most);
        restart();
    }

    void setFrameDeadline(Duration deadline) {
        pipeline.setFrameDeadline(deadline);
        restart();
    }

    private void restart() {
        try {
            context.getRouteController().stopAllRoutes();
            context.getRouteController().startAllRoutes();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return port;
    }

    Camera camera() {
        return Camera.connect(port);
    }

    Camera camera(String from) {
        return Camera.connect(port, from);
    }

    /** The headers of what has come. */
    public List<Map<String, Object>> received() {
        return received;
    }

    public List<String> log() {
        return log.lines();
    }

    InFlight inFlight() {
        return inFlight;
    }

    ListenerAccess access() {
        return access;
    }

    ConnectionCount connections() {
        return connections;
    }

    @Override
    public void close() {
        context.stop();
        log.close();
    }
}
