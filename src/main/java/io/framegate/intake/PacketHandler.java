package io.framegate.intake;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Answer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.handlers.ServerChannelHandler;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Passes packets to the route, and answers the camera when the route is done with them, on any thread. The answer
 * follows from the exchange's outcome, not from its body, so no route can break it.
 */
final class PacketHandler extends ServerChannelHandler {

    private static final Answer NOT_STORED = new Answer(RejectReason.NOT_STORED, "not stored, send again");

    private final FrameGate gate;
    private final ConnectionLog log;

    /** The packet that is being handed to the route. */
    private @Nullable Outcome current;

    PacketHandler(NettyConsumer consumer, FrameGate gate, ConnectionLog log) {
        super(consumer);
        this.gate = gate;
        this.log = log;
    }

    /** Tells the gate once what became of a packet: the route's outcome, or that it did not reach the route. */
    private final class Outcome extends SynchronizationAdapter {

        private final AtomicReference<@Nullable Received> open;

        Outcome(Received received) {
            open = new AtomicReference<>(received);
        }

        @Override
        public void onComplete(Exchange done) {
            tell(true);
        }

        @Override
        public void onFailure(Exchange done) {
            tell(false);
        }

        void tell(boolean routed) {
            Received received = open.getAndSet(null);
            if (received != null) {
                gate.done(received, routed ? answer(received) : NOT_STORED);
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) throws Exception {
        Outcome outcome = message instanceof Received received ? new Outcome(received) : null;
        current = outcome;
        boolean handedOn = false;
        try {
            super.channelRead0(ctx, message);
            handedOn = true;
        } finally {
            current = null;
            if (!handedOn && outcome != null) {
                outcome.tell(false);
            }
        }
    }

    @Override
    protected void beforeProcess(Exchange exchange, ChannelHandlerContext ctx, Object message) {
        exchange.getIn().setHeader(FramegateHeaders.PEER, Peers.address(ctx.channel()));
        exchange.getIn().setHeader(FramegateHeaders.PEER_HOST, Peers.host(ctx.channel()));
        exchange.getIn().setHeader(FramegateHeaders.RECEIVED_AT, Instant.now().toString());
        if (message instanceof Received received) {
            exchange.getIn().setHeader(FramegateHeaders.WIRE_FORMAT, received.format());
        }
        if (current != null) {
            exchange.getExchangeExtension().addOnCompletion(current);
        }
    }

    /** A fault of the peer or of the network is one line without a stack trace. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            String reason = String.valueOf(cause.getMessage());
            log.log(ctx.channel(), Level.INFO, "connection broken", line -> line.addKeyValue("reason", reason));
        } else {
            log.log(ctx.channel(), Level.ERROR, "connection failed", line -> line.setCause(cause));
        }
        ctx.close();
    }

    private static Answer answer(Received received) {
        return received instanceof RejectedPacket rejected
                ? new Answer(rejected.reason(), rejected.detail())
                : Answer.ACCEPTED;
    }
}
