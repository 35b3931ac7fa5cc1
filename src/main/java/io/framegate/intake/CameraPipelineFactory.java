package io.framegate.intake;

import io.framegate.intake.tls.ListenerTls;
import io.framegate.settings.NodeName;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.netty.DefaultServerInitializerFactory;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pipeline of a camera listener:
 *
 * <pre>
 * (proxy-decoder)  turns the PROXY header into a message
 * (proxy)          makes the header's client the peer; later handlers see the connection only then
 * (allow)          refuses peers that are not allowed, before the first byte
 * idle             reports connections that are idle for longer than the timeout
 * connections      refuses connections over the limits, closes idle ones
 * (tls-reads)      bounds the bytes of the handshake
 * (tls)            TLS with the newest certificate
 * (tls-handshake)  reports the result of the handshake; later handlers see the connection only then
 * ends             logs both ends of a connection
 * (ssl)            TLS as configured at the netty endpoint
 * decoder-0        recognises the wire format by the first bytes; the format's decoder turns bytes into packets
 * gate             limits the packets in the routes, so that TCP slows the camera down
 * deadline         ends a connection whose packet is not complete in time
 * handler          passes packets to the route, on the threads of the routes
 * </pre>
 *
 * <p>The handlers in brackets exist only if {@link ListenerAccess} or the endpoint requires them. Routes declare the
 * factory as a bean and name it in the endpoint's {@code serverInitializerFactory}. The endpoint's options
 * {@code decoders} and {@code ssl} apply. Thread-safe after configuration.
 */
public final class CameraPipelineFactory extends ServerInitializerFactory {

    /** The gateway does not read from a peer that leaves more bytes of its answers unread. */
    private static final WriteBufferWaterMark UNREAD_ANSWERS = new WriteBufferWaterMark(4 << 10, 8 << 10);

    private InFlight inFlight = new InFlight(Long.MAX_VALUE);
    private int maxInFlight = 2;
    private int maxConnections = 2000;
    private Duration frameDeadline = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofMinutes(5);
    private ConnectionCount connections = new ConnectionCount();
    private ListenerAccess access = ListenerAccess.OPEN;
    private @Nullable EventExecutorGroup threads;

    /** The memory limit that all listeners share. */
    public void setInFlight(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** The count of connections, and the limits of each peer, that all listeners share. */
    public void setConnections(ConnectionCount connections) {
        this.connections = connections;
    }

    /** The peers that may connect, the proxies in front of the listener, and TLS. */
    public void setAccess(ListenerAccess access) {
        this.access = access;
    }

    /** The threads that run the routes. By default, those of the netty component. */
    public void setThreads(EventExecutorGroup threads) {
        this.threads = threads;
    }

    /** Whether the listener uses this access. */
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
        return new Initializer(consumer);
    }

    @Override
    protected void initChannel(Channel channel) {
        throw new IllegalStateException("a template: each consumer uses the factory from createPipelineFactory");
    }

    private final class Initializer extends DefaultServerInitializerFactory {

        private final ReceiveBuffers buffers = new ReceiveBuffers(inFlight.memory());
        private final Executor rejects = oneThread();
        private final int most = Math.min(maxConnections, connections.most());
        private final ConnectionLog log = new ConnectionLog();
        private final RefusalLog refusals = new RefusalLog(connections, log);
        private final AllowList allowList = new AllowList(access, refusals);
        private final Connections counted = new Connections(connections, most, inFlight, idleTimeout, log);
        private final NettyConsumer consumer;
        private final String node;

        Initializer(NettyConsumer consumer) {
            super(consumer);
            this.consumer = consumer;
            node = NodeName.of(
                    consumer.getEndpoint().getCamelContext().resolvePropertyPlaceholders("{{framegate.node:}}"));
        }

        /** Its thread ends after an idle second. */
        private static Executor oneThread() {
            ThreadPoolExecutor one = new ThreadPoolExecutor(
                    1,
                    1,
                    1,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    new DefaultThreadFactory("framegate-rejects", true));
            one.allowCoreThreadTimeOut(true);
            return one;
        }

        @Override
        protected void initChannel(Channel channel) throws Exception {
            configure(channel.config());
            addProxyHeader(channel.pipeline());
            addAllowList(channel.pipeline());
            addLimits(channel.pipeline());
            addTls(channel);
            channel.pipeline().addLast("ends", new ConnectionEnds(connections, log));
            addDecoder(channel);
            addGateAndHandler(channel.pipeline());
        }

        private void configure(ChannelConfig config) {
            // A sender that shuts down its output after its last packet still gets its answers.
            config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            config.setRecvByteBufAllocator(buffers);
            config.setWriteBufferWaterMark(UNREAD_ANSWERS);
        }

        private void addProxyHeader(ChannelPipeline pipeline) {
            if (access.proxies() != null) {
                ProxyHeader header = new ProxyHeader(access, refusals, connections, most);
                pipeline.addLast("proxy-decoder", header.decoder());
                pipeline.addLast("proxy", header);
            }
        }

        private void addAllowList(ChannelPipeline pipeline) {
            if (!access.allowed().isEmpty()) {
                pipeline.addLast("allow", allowList);
            }
        }

        private void addLimits(ChannelPipeline pipeline) {
            pipeline.addLast("idle", new IdleStateHandler(idleTimeout.toMillis(), 0, 0, TimeUnit.MILLISECONDS));
            pipeline.addLast("connections", counted);
        }

        private void addTls(Channel channel) {
            ListenerTls tls = access.tls();
            if (tls != null) {
                SslHandler ssl = tls.newHandler(channel.alloc());
                TlsHandshake handshake = new TlsHandshake(ssl, access, connections, refusals);
                channel.pipeline().addLast("tls-reads", handshake.reads());
                channel.pipeline().addLast("tls", ssl);
                channel.pipeline().addLast("tls-handshake", handshake);
            }
        }

        /** Camel adds the endpoint's TLS and decoder, and a handler that the gateway's handler replaces. */
        private void addDecoder(Channel channel) throws Exception {
            super.initChannel(channel);
            channel.pipeline().remove("handler");
        }

        private void addGateAndHandler(ChannelPipeline pipeline) {
            FrameGate gate = new FrameGate(inFlight, maxInFlight);
            EventExecutorGroup given = threads;
            EventExecutorGroup component = consumer.getEndpoint().getComponent().getExecutorService();
            pipeline.addLast("gate", gate);
            pipeline.addLast("deadline", new FrameDeadline(gate, frameDeadline));
            pipeline.addLast(
                    given != null ? given : component,
                    "handler",
                    new PacketHandler(consumer, gate, rejects, log, node));
        }
    }
}
