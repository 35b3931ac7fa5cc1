package io.framegate.intake;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
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

/**
 * Builds the pipeline of a camera listener:
 *
 * <pre>
 * idle          reports connections that are idle for longer than the timeout
 * connections   refuses connections over the limit, closes idle ones, logs both ends of a connection
 * (ssl)         as configured at the netty endpoint
 * decoder-0     recognises the wire format by the first bytes; the format's decoder turns bytes into packets
 * gate          limits the packets in the routes, so that TCP slows the camera down
 * deadline      ends a connection whose packet is not complete in time
 * handler       passes packets to the route, on the component's threads
 * </pre>
 *
 * <p>Routes declare it as a bean and name it in the endpoint's {@code serverInitializerFactory}. The endpoint's options
 * {@code decoders} and {@code ssl} apply. Thread-safe after configuration.
 */
public final class CameraPipelineFactory extends ServerInitializerFactory {

    /** A peer that does not read its answers is not read either. */
    private static final WriteBufferWaterMark UNREAD_ANSWERS = new WriteBufferWaterMark(4 << 10, 8 << 10);

    private InFlight inFlight = new InFlight(Long.MAX_VALUE);
    private int maxInFlight = 2;
    private int maxConnections = 2000;
    private Duration frameDeadline = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofMinutes(5);
    private ConnectionCount connections = new ConnectionCount();

    /** The memory limit that all listeners share. */
    public void setInFlight(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** The count of connections, and the limits of each peer, that all listeners share. */
    public void setConnections(ConnectionCount connections) {
        this.connections = connections;
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
        return new Initializer(consumer, new ConnectionLog());
    }

    @Override
    protected void initChannel(Channel channel) {
        throw new IllegalStateException("a template: each consumer uses the factory from createPipelineFactory");
    }

    private final class Initializer extends DefaultServerInitializerFactory {

        private final ReceiveBuffers buffers = new ReceiveBuffers(inFlight.memory());
        private final Executor rejects = oneThread();
        private final NettyConsumer consumer;
        private final ConnectionLog log;

        Initializer(NettyConsumer consumer, ConnectionLog log) {
            super(consumer);
            this.consumer = consumer;
            this.log = log;
        }

        /** Ends when it has nothing to do. */
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
            super.initChannel(channel);
            // A sender that shuts down its output after its last packet still gets its answers.
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            channel.config().setRecvByteBufAllocator(buffers);
            channel.config().setWriteBufferWaterMark(UNREAD_ANSWERS);
            FrameGate gate = new FrameGate(inFlight, maxInFlight);
            EventExecutorGroup threads = consumer.getEndpoint().getComponent().getExecutorService();
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addFirst("idle", new IdleStateHandler(idleTimeout.toMillis(), 0, 0, TimeUnit.MILLISECONDS));
            pipeline.addAfter("idle", "connections", new Connections(connections, maxConnections, log));
            pipeline.remove("handler");
            pipeline.addLast("gate", gate);
            pipeline.addLast("deadline", new FrameDeadline(gate, frameDeadline));
            pipeline.addLast(threads, "handler", new PacketHandler(consumer, gate, rejects, log));
        }
    }
}
