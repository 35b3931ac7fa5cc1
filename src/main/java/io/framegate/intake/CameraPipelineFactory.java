package io.framegate.intake;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.netty.DefaultServerInitializerFactory;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;

/**
 * Builds the pipeline behind a camera listener:
 *
 * <pre>
 * connections   refuses what is over the cap, logs who comes and goes
 * idle          closes what has been silent for too long
 * (ssl)         as the netty endpoint is configured
 * decoder-0     first bytes decide the wire format; its decoder turns bytes into packets
 * gate          few packets in the routes at a time, so that TCP slows the camera down
 * deadline      a packet once begun is completed in time
 * handler       hands packets to the route, on the component's own threads
 * </pre>
 *
 * <p>Declared as a bean in YAML and named by the endpoint's {@code serverInitializerFactory}; the endpoint's own
 * {@code decoders} and {@code ssl} options apply. Thread-safe once configured.
 */
public final class CameraPipelineFactory extends ServerInitializerFactory {

    private InFlight inFlight = new InFlight(Long.MAX_VALUE);
    private int maxInFlight = 2;
    private int maxConnections = 2000;
    private Duration frameDeadline = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofMinutes(5);
    private ConnectionCount connections = new ConnectionCount();

    /** What all listeners together have in memory. */
    public void setInFlight(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** Where connections are counted. */
    public void setConnections(ConnectionCount connections) {
        this.connections = connections;
    }

    /** Packets of one connection in the routes at a time. */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = atLeastOne("framegate.intake.max-in-flight", maxInFlight);
    }

    /** Connections open at a time, of all that are counted together. */
    public void setMaxConnections(int maxConnections) {
        this.maxConnections = atLeastOne("framegate.intake.max-connections", maxConnections);
    }

    /** In what time a packet must be complete, from its first byte. */
    public void setFrameDeadline(Duration frameDeadline) {
        this.frameDeadline = frameDeadline;
    }

    /** After what silence a connection is closed; longer than a camera's heartbeat. */
    public void setIdleTimeout(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    private static int atLeastOne(String property, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(property + ": " + number + " (expected: >= 1)");
        }
        return number;
    }

    @Override
    public ServerInitializerFactory createPipelineFactory(NettyConsumer consumer) {
        return new Initializer(consumer, new Connections(connections, maxConnections));
    }

    @Override
    protected void initChannel(Channel channel) {
        throw new IllegalStateException("a template: every consumer gets its own from createPipelineFactory");
    }

    private final class Initializer extends DefaultServerInitializerFactory {

        private final NettyConsumer consumer;
        private final Connections connections;

        Initializer(NettyConsumer consumer, Connections connections) {
            super(consumer);
            this.consumer = consumer;
            this.connections = connections;
        }

        @Override
        protected void initChannel(Channel channel) throws Exception {
            super.initChannel(channel);
            // A sender that shuts its side down after its last packet still gets its answers.
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            FrameGate gate = new FrameGate(inFlight, maxInFlight);
            EventExecutorGroup threads = consumer.getEndpoint().getComponent().getExecutorService();
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addFirst("idle", new IdleStateHandler(idleTimeout.toMillis(), 0, 0, TimeUnit.MILLISECONDS));
            pipeline.addAfter("idle", "connections", connections);
            pipeline.remove("handler");
            pipeline.addLast("gate", gate);
            pipeline.addLast("deadline", new FrameDeadline(gate, frameDeadline));
            pipeline.addLast(threads, "handler", new PacketHandler(consumer, gate));
        }
    }
}
