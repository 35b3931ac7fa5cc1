package io.framegate.intake;

import io.framegate.intake.tls.ListenerTls;
import io.framegate.log.LogLimit;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.netty.DefaultServerInitializerFactory;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;

/**
 * Builds the pipeline of a camera listener:
 *
 * <pre>
 * (proxy)       reads the PROXY header; the handlers after it see the connection only then, as the client's
 * (allow)       refuses peers that are not allowed, before the first byte
 * idle          reports connections that are idle for longer than the timeout
 * connections   refuses connections over the limit, closes idle ones
 * (tls)         TLS with the newest certificate; the handlers after it see the connection after the handshake
 * log           logs both ends of a connection
 * decoder-0     recognises the wire format by the first bytes; the format's decoder turns bytes into packets
 * gate          limits the packets in the routes, so that TCP slows the camera down
 * deadline      ends a connection whose packet is not complete in time
 * handler       passes packets to the route, on the component's threads
 * </pre>
 *
 * <p>Routes declare it as a bean and name it in the endpoint's {@code serverInitializerFactory}. The endpoint's options
 * {@code decoders} and {@code ssl} apply. Handlers in brackets are there if {@link ListenerAccess} asks for them.
 * Thread-safe after configuration.
 */
public final class CameraPipelineFactory extends ServerInitializerFactory {

    private InFlight inFlight = new InFlight(Long.MAX_VALUE);
    private int maxInFlight = 2;
    private int maxConnections = 2000;
    private Duration frameDeadline = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofMinutes(5);
    private ConnectionCount connections = new ConnectionCount();
    private ListenerAccess access = ListenerAccess.OPEN;

    /** The memory limit that all listeners share. */
    public void setInFlight(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** The count of connections that all listeners share. */
    public void setConnections(ConnectionCount connections) {
        this.connections = connections;
    }

    /** Who may connect. */
    public void setAccess(ListenerAccess access) {
        this.access = access;
    }

    /** Whether its connections are checked as this access says. */
    boolean has(ListenerAccess other) {
        return access.equals(other);
    }

    /** The maximum number of packets of one connection in the routes. */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    /** The maximum number of open connections, of all listeners that share the count. */
    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    /** The time in which a packet must be complete, from its first byte. */
    public void setFrameDeadline(Duration frameDeadline) {
        this.frameDeadline = frameDeadline;
    }

    /** The idle time after which a connection is closed. Must be longer than the heartbeat interval of a camera. */
    public void setIdleTimeout(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    @Override
    public ServerInitializerFactory createPipelineFactory(NettyConsumer consumer) {
        return new Initializer(consumer, new Connections(connections, maxConnections));
    }

    @Override
    protected void initChannel(Channel channel) {
        throw new IllegalStateException("a template: each consumer uses the factory from createPipelineFactory");
    }

    private final class Initializer extends DefaultServerInitializerFactory {

        private final NettyConsumer consumer;
        private final Connections counted;
        private final LogLimit lines = new LogLimit();
        private final RefusalLog refusals = new RefusalLog(connections);
        private final AllowList allowList = new AllowList(access, refusals);
        private final AtomicInteger waitingForHeader = new AtomicInteger();

        Initializer(NettyConsumer consumer, Connections counted) {
            super(consumer);
            this.consumer = consumer;
            this.counted = counted;
        }

        @Override
        protected void initChannel(Channel channel) throws Exception {
            // A sender that shuts down its output after its last packet still gets its answers.
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            ChannelPipeline pipeline = channel.pipeline();
            if (access.proxies() != null) {
                ProxyHeader header = new ProxyHeader(access, refusals, waitingForHeader, maxConnections);
                pipeline.addLast("proxy-decoder", header.decoder());
                pipeline.addLast("proxy", header);
            }
            if (!access.allowed().isEmpty()) {
                pipeline.addLast("allow", allowList);
            }
            pipeline.addLast("idle", new IdleStateHandler(idleTimeout.toMillis(), 0, 0, TimeUnit.MILLISECONDS));
            pipeline.addLast("connections", counted);
            ListenerTls tls = access.tls();
            if (tls != null) {
                addTls(pipeline, tls.newHandler(channel.alloc()));
            }
            pipeline.addLast("log", new ConnectionLog(connections, lines));
            // Adds the decoder, and a handler of its own.
            super.initChannel(channel);
            pipeline.remove("handler");
            FrameGate gate = new FrameGate(inFlight, maxInFlight);
            EventExecutorGroup threads = consumer.getEndpoint().getComponent().getExecutorService();
            pipeline.addLast("gate", gate);
            pipeline.addLast("deadline", new FrameDeadline(gate, frameDeadline));
            pipeline.addLast(threads, "handler", new PacketHandler(consumer, gate));
        }

        private void addTls(ChannelPipeline pipeline, SslHandler ssl) {
            TlsHandshake handshake = new TlsHandshake(ssl, access, connections, refusals);
            pipeline.addLast("tls-reads", handshake.reads());
            pipeline.addLast("tls", ssl);
            pipeline.addLast("tls-handshake", handshake);
        }
    }
}
