package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Answer;
import io.framegate.wire.FrameProgress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrameGateTest {

    private final List<Received> routed = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    /** A decoder that reports the bytes it holds. */
    private static class Held implements FrameProgress {
        private int bytes;

        @Override
        public boolean midFrame() {
            return bytes > 0;
        }

        @Override
        public long framesBegun() {
            return 1;
        }

        @Override
        public int heldBytes() {
            return bytes;
        }

        @Override
        public void resume() {}

        @Override
        public void giveUp(RejectReason reason, String why) {
            bytes = 0;
        }
    }

    private EmbeddedChannel channel(FrameGate gate) {
        return new EmbeddedChannel(
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                        answers.add((Answer) msg);
                        promise.setSuccess();
                    }
                },
                gate,
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                        routed.add((Received) msg);
                    }
                });
    }

    private static Packet packet(int length) {
        return new Packet("xml", new byte[length], List.of(), "", length);
    }

    private static boolean reads(EmbeddedChannel channel) {
        return channel.config().isAutoRead();
    }

    private static void done(FrameGate gate, EmbeddedChannel channel, Received received) {
        gate.done(received, Answer.ACCEPTED);
        channel.runPendingTasks();
    }

    /** Otherwise each connection would still read one packet. */
    @Test
    void connectionThatIsMadeWhileTheIntakeIsHeldIsNotRead() {
        InFlight inFlight = new InFlight(1000);
        inFlight.hold();
        FrameGate gate = new FrameGate(inFlight, 2);
        EmbeddedChannel channel = channel(gate);
        assertThat(channel.config().isAutoRead()).isFalse();
        inFlight.release();
        channel.runPendingTasks();
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void fullWindowStopsReadingTheSocket() {
        FrameGate gate = new FrameGate(new InFlight(1_000_000), 2);
        EmbeddedChannel channel = channel(gate);
        List<Packet> packets = List.of(packet(1), packet(2), packet(3));
        channel.writeInbound(packets.toArray());
        assertThat(routed).containsExactlyElementsOf(packets.subList(0, 2));
        assertThat(reads(channel)).isFalse();

        done(gate, channel, packets.get(0));
        assertThat(routed).containsExactlyElementsOf(packets);
        assertThat(reads(channel)).isFalse();

        done(gate, channel, packets.get(1));
        assertThat(reads(channel)).isTrue();
        assertThat(answers).hasSize(2);
    }

    /** A client of HTTP takes the first answer for that of its first request. */
    @Test
    void answersHaveTheOrderOfThePackets() {
        FrameGate gate = new FrameGate(new InFlight(1_000_000), 2);
        EmbeddedChannel channel = channel(gate);
        List<Packet> packets = List.of(packet(1), packet(2), packet(3));
        channel.writeInbound(packets.toArray());
        done(gate, channel, packets.get(1));
        assertThat(answers).isEmpty();
        assertThat(routed).hasSize(2);

        Answer notStored = new Answer(RejectReason.NOT_STORED, "");
        gate.done(packets.get(0), notStored);
        channel.runPendingTasks();
        assertThat(answers).containsExactly(notStored, Answer.ACCEPTED);
        assertThat(routed).hasSize(3);
    }

    @Test
    void allConnectionsWaitWhileTogetherTheyHoldMoreThanTheLimit() {
        InFlight inFlight = new InFlight(100_000);
        FrameGate one = new FrameGate(inFlight, 2);
        FrameGate other = new FrameGate(inFlight, 2);
        EmbeddedChannel first = channel(one);
        EmbeddedChannel second = channel(other);
        Packet large = packet(150_000);
        Packet small = packet(10_000);
        first.writeInbound(large);
        second.writeInbound(small);
        assertThat(reads(first)).isFalse();
        assertThat(reads(second)).isFalse();
        assertThat(inFlight.bytes()).isEqualTo(160_000 + 2 * 1024);

        done(one, first, large);
        second.runPendingTasks();
        assertThat(reads(first)).isTrue();
        assertThat(reads(second)).isTrue();
        assertThat(inFlight.bytes()).isEqualTo(10_000 + 1024);
    }

    @Test
    void packetsReceivedWholeBeforeThePeerLeftStillGoToTheRoutes() {
        InFlight inFlight = new InFlight(100);
        FrameGate gate = new FrameGate(inFlight, 1);
        EmbeddedChannel channel = channel(gate);
        List<Packet> packets = List.of(packet(10), packet(20), packet(30));
        channel.writeInbound(packets.toArray());
        channel.close();
        channel.runPendingTasks();
        assertThat(routed).containsExactlyElementsOf(packets);
        packets.forEach(packet -> done(gate, channel, packet));
        assertThat(inFlight.packets()).isZero();
        assertThat(inFlight.bytes()).isZero();
    }

    /** A decoder that breaks when the connection ends, so that no handler after it sees the end. */
    private static final class BrokenDecoder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // As a handler does that deals with it.
        }
    }

    @Test
    void whatIsChargedIsGivenBackAlsoIfADecoderBreaksAtTheEnd() {
        InFlight inFlight = new InFlight(1_000_000);
        FrameGate gate = new FrameGate(inFlight, 1);
        EmbeddedChannel channel = channel(gate);
        channel.pipeline().addFirst(new BrokenDecoder());
        Held half = new Held();
        half.bytes = 5_000;
        channel.pipeline().fireUserEventTriggered(half);
        List<Packet> packets = List.of(packet(10), packet(20));
        channel.writeInbound(packets.toArray());
        assertThat(inFlight.bytes()).isEqualTo(5_000 + 30 + 2 * 1024);

        channel.close();
        channel.runPendingTasks();
        assertThat(routed).containsExactlyElementsOf(packets);
        assertThat(inFlight.bytes()).as("packets in the routes").isEqualTo(30 + 2 * 1024);
        packets.forEach(packet -> done(gate, channel, packet));
        assertThat(inFlight.bytes()).isZero();
        assertThat(inFlight.packets()).isZero();
    }

    @Test
    void whatADecoderPassesOnAfterTheCloseIsGivenBackOnce() {
        InFlight inFlight = new InFlight(1_000_000);
        FrameGate gate = new FrameGate(inFlight, 1);
        EmbeddedChannel channel = channel(gate);
        Packet last = packet(40);
        channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                ctx.fireChannelRead(last);
                ctx.fireChannelInactive();
            }
        });
        channel.close();
        channel.runPendingTasks();
        assertThat(routed).containsExactly(last);
        done(gate, channel, last);
        assertThat(inFlight.bytes()).isZero();
        assertThat(inFlight.packets()).isZero();
    }

    @Test
    void packetThatTheThreadsOfTheRoutesRefuseIsGivenBack() {
        InFlight inFlight = new InFlight(1_000_000);
        EmbeddedChannel channel = new EmbeddedChannel(new FrameGate(inFlight, 1));
        DefaultEventExecutor ended = new DefaultEventExecutor();
        channel.pipeline().addLast(ended, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                routed.add((Received) msg);
            }
        });
        ended.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        channel.writeInbound(packet(10));
        assertThat(inFlight.bytes()).isZero();
        assertThat(inFlight.packets()).isZero();
    }

    @Test
    void rejectsBeyondTheLimitAreAnsweredAndNotKept() {
        InFlight inFlight = new InFlight(100_000_000);
        RejectedPacket rejected = new RejectedPacket("http", RejectReason.BAD_HTTP, "", new byte[10], 10, true);
        for (int i = 0; i < 256; i++) {
            channel(new FrameGate(inFlight, 2)).writeInbound(rejected);
        }
        assertThat(routed).hasSize(256);
        EmbeddedChannel next = channel(new FrameGate(inFlight, 2));
        next.writeInbound(rejected);
        next.runPendingTasks();
        assertThat(routed).hasSize(256);
        assertThat(answers).containsExactly(new Answer(RejectReason.BAD_HTTP, ""));
        assertThat(next.isOpen()).isFalse();
        assertThat(inFlight.droppedRejects()).isEqualTo(1);
        assertThat(inFlight.packets()).isEqualTo(256);
    }

    @Test
    void aDecoderGoesOnWithWhatIsLeftWhenTheWindowOpens() {
        FrameGate gate = new FrameGate(new InFlight(1_000_000), 1);
        EmbeddedChannel channel = channel(gate);
        Packet first = packet(1);
        Packet second = packet(2);
        channel.pipeline().fireUserEventTriggered(new Held() {
            private boolean left = true;

            @Override
            public void resume() {
                assertThat(reads(channel)).isTrue();
                if (left) {
                    left = false;
                    channel.writeInbound(second);
                }
            }
        });
        channel.writeInbound(first);
        assertThat(reads(channel)).isFalse();
        done(gate, channel, first);
        assertThat(routed).containsExactly(first, second);
        assertThat(reads(channel)).as("the window is full again").isFalse();
    }

    @Test
    void theWindowClosesBeforeTheDecoderHasReturned() {
        EmbeddedChannel channel = channel(new FrameGate(new InFlight(1_000_000), 1));
        channel.pipeline().fireChannelRead(packet(1));
        assertThat(reads(channel)).isFalse();
    }

    @Test
    void aPeerThatDoesNotReadItsAnswersIsNotReadEither() {
        FrameGate gate = new FrameGate(new InFlight(100), 2);
        EmbeddedChannel channel = channel(gate);
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        channel.runPendingTasks();
        assertThat(reads(channel)).isFalse();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();
        assertThat(reads(channel)).isTrue();
    }

    @Test
    void aPauseKeepsPacketsOutUntilItEnds() throws InterruptedException {
        InFlight inFlight = new InFlight(100);
        FrameGate gate = new FrameGate(inFlight, 2);
        EmbeddedChannel channel = channel(gate);
        Packet before = packet(1);
        channel.writeInbound(before);
        inFlight.pause();
        assertThat(inFlight.awaitIdle(Duration.ofMillis(1))).isFalse();
        done(gate, channel, before);
        assertThat(inFlight.awaitIdle(Duration.ofMillis(1))).isTrue();

        Packet during = packet(2);
        channel.writeInbound(during);
        assertThat(routed).containsExactly(before);
        assertThat(channel.isOpen()).isTrue();

        inFlight.resume();
        channel.runPendingTasks();
        assertThat(routed).containsExactly(before, during);
    }

    @Test
    void whileTheIntakeIsHeldNothingIsReadAndWhatWasReceivedGoesOn() {
        InFlight inFlight = new InFlight(100);
        FrameGate gate = new FrameGate(inFlight, 1);
        EmbeddedChannel channel = channel(gate);
        Packet first = packet(1);
        Packet second = packet(2);
        channel.writeInbound(first, second);
        inFlight.hold();
        done(gate, channel, first);
        assertThat(routed).containsExactly(first, second);
        done(gate, channel, second);
        assertThat(reads(channel)).isFalse();

        // A reload of routes does not end the hold.
        inFlight.pause();
        inFlight.resume();
        channel.runPendingTasks();
        assertThat(reads(channel)).isFalse();

        inFlight.release();
        channel.runPendingTasks();
        assertThat(reads(channel)).isTrue();
    }

    @Test
    void aHalfPacketWaitsToo() {
        InFlight inFlight = new InFlight(100);
        EmbeddedChannel channel = channel(new FrameGate(inFlight, 1));
        Held half = new Held();
        channel.pipeline().fireUserEventTriggered(half);
        half.bytes = 10;
        inFlight.hold();
        channel.pipeline().fireChannelReadComplete();
        assertThat(reads(channel)).isFalse();
    }

    @Test
    void aStreamThatCannotBeReadOnIsClosedWhenItsAnswerIsWritten() {
        FrameGate gate = new FrameGate(new InFlight(100), 2);
        EmbeddedChannel channel = channel(gate);
        RejectedPacket rejected = new RejectedPacket("http", RejectReason.BAD_HTTP, "", new byte[0], 0, true);
        channel.writeInbound(rejected);
        assertThat(channel.isOpen()).isTrue();
        gate.done(rejected, new Answer(RejectReason.BAD_HTTP, ""));
        channel.runPendingTasks();
        assertThat(answers).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
    }
}
