package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.framegate.event.Packet;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.LoggerFactory;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
@ResourceLock("io.framegate.connections")
class ConnectionsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.framegate.connections");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ConnectionLog log = new ConnectionLog();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    private final InFlight inFlight = new InFlight(1_000_000);
    private Duration idleTimeout = Duration.ZERO;

    private Connections connections(ConnectionCount count) {
        return new Connections(count, 2, inFlight, idleTimeout, log);
    }

    private EmbeddedChannel connect(ConnectionCount count) {
        ChannelInboundHandlerAdapter last = new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ReferenceCountUtil.release(msg);
            }
        };
        return new EmbeddedChannel(connections(count), new ConnectionEnds(count, log), last);
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void probeOfABalancerIsNoLine() {
        ConnectionCount count = new ConnectionCount();
        connect(count).close();
        assertThat(messages()).isEmpty();
        assertThat(count.open()).isZero();
    }

    @Test
    void cameraIsLoggedFromItsFirstByte() {
        EmbeddedChannel channel = connect(new ConnectionCount());
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
        channel.close();
        assertThat(messages()).containsExactly("camera connected", "camera disconnected");
    }

    @Test
    void connectionIsCountedAsClosedAlsoIfAnotherHandlerBreaks() {
        ConnectionCount count = new ConnectionCount();
        EmbeddedChannel channel = connect(count);
        channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
        });
        channel.close();
        assertThat(count.open()).isZero();
    }

    @Test
    void connectionOverALimitIsRefusedWithItsReason() {
        ConnectionCount count = new ConnectionCount(2, new PeerLimits(1, Long.MAX_VALUE, 0, Duration.ZERO));
        EmbeddedChannel first = connect(count);
        assertThat(connect(count).isOpen()).isFalse();
        assertThat(first.isOpen()).isTrue();
        assertThat(count.refused(Refusal.MAX_CONNECTIONS_PER_PEER)).isEqualTo(1);
        assertThat(count.open()).isEqualTo(1);
        assertThat(messages()).containsExactly("connection refused: framegate.intake.max-connections-per-peer reached");
    }

    private static void idle(EmbeddedChannel channel) {
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.READER_IDLE_STATE_EVENT);
        channel.runPendingTasks();
    }

    private EmbeddedChannel camera() {
        return new EmbeddedChannel(connections(new ConnectionCount()), new FrameGate(inFlight, 1));
    }

    /** Its peer may have left: the gateway learns that only when it reads. */
    @Test
    void connectionThatWaitsForTheRoutesIsClosedWhenItIsIdle() {
        EmbeddedChannel channel = camera();
        Packet packet = new Packet("xml", new byte[10], List.of(), "", 10);
        channel.writeInbound(packet);
        assertThat(channel.config().isAutoRead()).isFalse();
        idle(channel);
        assertThat(channel.isOpen()).isFalse();
        assertThat(messages()).containsExactly("connection idle for framegate.intake.idle-timeout: closing");
        assertThat(inFlight.packets()).as("the packet stays in the routes").isEqualTo(1);
    }

    @Test
    void noConnectionIsIdleWhileTheGatewayReadsNobody() {
        EmbeddedChannel channel = camera();
        inFlight.hold();
        idle(channel);
        assertThat(channel.isOpen()).isTrue();
        inFlight.release();
        idle(channel);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void idleTimeBeginsAfterThePauseOfTheGateway() {
        idleTimeout = Duration.ofMinutes(1);
        EmbeddedChannel channel = camera();
        inFlight.hold();
        inFlight.release();
        idle(channel);
        assertThat(channel.isOpen()).isTrue();
    }

    /** A camera that comes back is not kept out by connections that it has left. */
    @Test
    void connectionOverThePeersLimitReplacesOneThatHasWaitedForLong() {
        ConnectionCount count = new ConnectionCount(2, new PeerLimits(1, Long.MAX_VALUE, 0, Duration.ZERO));
        Peer peer = connect(count).attr(Peer.KEY).get();
        WaitingHolder young = new WaitingHolder(Duration.ofSeconds(14).toNanos());
        inFlight.memory().open(young, peer.memory());
        assertThat(connect(count).isOpen()).isFalse();
        WaitingHolder old = new WaitingHolder(Duration.ofSeconds(16).toNanos());
        inFlight.memory().open(old, peer.memory());
        assertThat(connect(count).isOpen()).isTrue();
        assertThat(old.gaveWay()).isTrue();
        assertThat(young.gaveWay()).isFalse();
        assertThat(messages())
                .containsExactly(
                        "connection refused: framegate.intake.max-connections-per-peer reached",
                        "connection replaces one that waits: framegate.intake.max-connections-per-peer reached");
    }

    @Test
    void onePeerHasHalfOfTheRoomForTls() {
        ConnectionCount count = new ConnectionCount();
        assertThat(count.tlsOpened("192.0.2.7", 4)).isTrue();
        assertThat(count.tlsOpened("192.0.2.7", 4)).isTrue();
        assertThat(count.tlsOpened("192.0.2.7", 4)).isFalse();
        count.tlsClosed("192.0.2.7");
        assertThat(count.tlsOpened("192.0.2.8", 4)).isTrue();
        assertThat(count.tlsOpened("192.0.2.9", 4)).isTrue();
        assertThat(count.tlsOpened("192.0.2.9", 4)).isFalse();
    }
}
