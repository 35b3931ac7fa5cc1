package io.framegate.intake;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.intake.memory.Holding;
import io.framegate.wire.Answer;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The whole packets of one connection: a limited number in the routes, and those that wait. Packets enter the routes in
 * their order. When the routes are done with a packet, the window writes its answer and dispatches the next packet.
 * Answers have the order of the packets, even if the routes are done with a later packet first. Whole packets still
 * enter the routes after the peer has left.
 *
 * <p>A packet is charged to the connection until the routes are done with it. One for each channel. Used on its event
 * loop, except {@link #done}.
 */
final class PacketWindow {

    private static final Answer NOT_ROUTED = new Answer(RejectReason.NOT_STORED, "not stored, send again");
    private static final Answer NOT_KEPT =
            new Answer(RejectReason.OVERLOADED, "not kept, too many rejects at a time: send again");

    private final FrameGate gate;
    private final ChannelHandlerContext ctx;
    private final InFlight inFlight;
    private final Holding account;
    private final @Nullable PeerTurns turns;
    private final int size;
    private final Queue<Received> waiting = new ArrayDeque<>(2);
    private final Deque<Routed> routed = new ArrayDeque<>(2);
    private boolean rejects;
    private boolean left;

    PacketWindow(
            FrameGate gate,
            ChannelHandlerContext ctx,
            InFlight inFlight,
            Holding account,
            @Nullable PeerTurns turns,
            int size) {
        this.gate = gate;
        this.ctx = ctx;
        this.inFlight = inFlight;
        this.account = account;
        this.turns = turns;
        this.size = size;
    }

    /** A packet in the routes, or a packet whose answer waits for the answers of earlier packets. */
    private static final class Routed {

        private final Received received;
        private @Nullable Answer answer;

        Routed(Received received) {
            this.received = received;
        }
    }

    Holding account() {
        return account;
    }

    /** Whether one more packet may enter the routes. */
    boolean isOpen() {
        return waiting.isEmpty() && routed.size() < size;
    }

    /** Whether the routes are done with all packets. */
    boolean isDone() {
        return waiting.isEmpty() && routed.isEmpty();
    }

    void add(Received received) {
        inFlight.memory().addWhole(account, Holding.cost(received));
        waiting.add(received);
        dispatch();
    }

    /** Dispatches all packets, because Netty removes the handlers soon after the close. */
    void peerLeft() {
        left = true;
        dispatch();
    }

    /** Passes packets to the routes while the window is open. */
    void dispatch() {
        while (!waiting.isEmpty() && mayDispatch()) {
            Received next = waiting.remove();
            routed.add(new Routed(next));
            rejects = next instanceof RejectedPacket;
            try {
                if (next instanceof RejectedPacket rejected
                        && !inFlight.rejects().tryEnter(ctx.channel(), rejected)) {
                    drop(rejected);
                } else {
                    ctx.fireChannelRead(next);
                }
            } catch (RejectedExecutionException e) {
                // The threads of the routes have ended.
                done(next, NOT_ROUTED);
            }
        }
    }

    private boolean mayDispatch() {
        if (left) {
            inFlight.dispatchClosed(gate, turns);
            return true;
        }
        // Another thread routes rejects. A reject is alone in the routes, so that the answers keep their order.
        boolean alone = rejects || waiting.peek() instanceof RejectedPacket;
        return routed.size() < (alone ? 1 : size) && inFlight.tryDispatch(gate, turns);
    }

    /** Answers a reject that is not kept. */
    private void drop(RejectedPacket rejected) {
        routed.removeLast();
        inFlight.memory().addWhole(account, -Holding.cost(rejected));
        inFlight.done(turns);
        // A request must not be accepted if other bytes of it are lost.
        boolean lost = rejected.reason().isAcceptedBesideOthers();
        write(lost ? NOT_KEPT : new Answer(rejected.reason(), rejected.detail()));
        // Later, because the caller still uses this connection.
        gate.execute(later -> gate.closeWhenDone());
    }

    /** The routes are done with a packet. Any thread. */
    void done(Received received, Answer answer) {
        long cost = Holding.cost(received);
        if (answer.reason() == null) {
            inFlight.memory().accept(account, cost);
        } else {
            inFlight.memory().addWhole(account, -cost);
        }
        if (received instanceof RejectedPacket rejected) {
            inFlight.rejects().leave(rejected);
        }
        try {
            ctx.executor().execute(() -> answer(received, answer));
        } catch (RejectedExecutionException e) {
            // The event loop has ended, so nobody waits for the answer.
            inFlight.done(turns);
        }
    }

    private void answer(Received received, Answer answer) {
        for (Routed packet : routed) {
            if (packet.received == received) {
                packet.answer = answer;
            }
        }
        for (Routed first = routed.peek(); first != null && first.answer != null; first = routed.peek()) {
            routed.remove();
            write(first.answer);
        }
        dispatch();
        gate.update(ctx);
        // After the dispatch: a stop must not find the routes idle while packets of this connection wait.
        inFlight.done(turns);
        gate.closeWhenDone();
    }

    private void write(Answer answer) {
        if (ctx.channel().isActive()) {
            ctx.writeAndFlush(answer);
        }
    }
}
