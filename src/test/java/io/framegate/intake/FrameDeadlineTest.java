package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.wire.FrameProgress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameDeadlineTest {

    private final List<String> events = new ArrayList<>();
    private final FrameGate gate = new FrameGate(new InFlight(1_000_000), 2);
    private final EmbeddedChannel channel =
            new EmbeddedChannel(gate, new FrameDeadline(gate, Duration.ofMillis(50)), new Routes());

    /** The last handler, which runs in a thread of the routes. */
    private final class Routes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            events.add("packet");
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            events.add("end of reading");
        }
    }

    /** A decoder with half a frame. */
    private final class Half implements FrameProgress {

        @Override
        public boolean midFrame() {
            return true;
        }

        @Override
        public long framesBegun() {
            return 1;
        }

        @Override
        public int heldBytes() {
            return 1;
        }

        @Override
        public void resume() {}

        @Override
        public void giveUp(RejectReason reason, String why) {
            events.add(why);
        }
    }

    @Test
    void halfFrameIsGivenUpAtTheDeadline() {
        channel.pipeline().fireUserEventTriggered(new Half());
        channel.pipeline().fireChannelReadComplete();
        await().until(() -> {
            channel.runScheduledPendingTasks();
            return !events.isEmpty();
        });
        assertThat(events).containsExactly("packet not complete in 50 ms");
    }

    /** Each event that is passed on is a task for a thread of the routes. */
    @Test
    void endOfReadingIsNotPassedOnToTheRoutes() {
        channel.writeInbound(new Packet("xml", new byte[1], List.of(), "", 1));
        assertThat(events).containsExactly("packet");
    }
}
