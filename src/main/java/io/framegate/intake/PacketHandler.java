package io.framegate.intake;

import io.framegate.event.Dialect;
import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.log.OutOfMemory;
import io.framegate.log.Reason;
import io.framegate.wire.Answer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.handlers.ServerChannelHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Passes packets to the route, and answers the camera when the route is done with them, on any thread. The answer
 * follows from the exchange's outcome, not from its body, so no route can break it.
 */
final class PacketHandler extends ServerChannelHandler {

    private static final Answer NOT_STORED = new Answer(RejectReason.NOT_STORED, "not stored, send again");

    private final NettyConsumer consumer;
    private final FrameGate gate;
    private final Executor rejects;
    private final ConnectionLog log;
    private final String node;

    /**
     * Creates a handler.
     *
     * @param rejects the executor that routes rejects, so that thousands of rejects do not delay packets
     * @param node the name of this gateway
     */
    PacketHandler(NettyConsumer consumer, FrameGate gate, Executor rejects, ConnectionLog log, String node) {
        super(consumer);
        this.consumer = consumer;
        this.gate = gate;
        this.rejects = rejects;
        this.log = log;
        this.node = node;
    }

    /**
     * Reports the outcome of a packet to the gate once: the route's outcome, or that the packet did not reach the
     * route.
     */
    private static final class Outcome {

        private final FrameGate gate;
        private final AtomicReference<@Nullable Received> open;

        Outcome(FrameGate gate, Received received) {
            this.gate = gate;
            open = new AtomicReference<>(received);
        }

        void tell(boolean routed, @Nullable Dialect dialect) {
            Received received = open.getAndSet(null);
            if (received != null) {
                gate.done(received, routed ? answer(received, dialect) : NOT_STORED);
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof RejectedPacket rejected) {
            rejects.execute(() -> {
                try {
                    route(ctx, rejected);
                } catch (Exception e) {
                    exceptionCaught(ctx, e);
                }
            });
        } else if (message instanceof Received received) {
            route(ctx, received);
        }
    }

    /** Routes as Camel does, but without a completion in the unit of work: it can get lost, and with it the answer. */
    private void route(ChannelHandlerContext ctx, Received received) throws Exception {
        Outcome outcome = new Outcome(gate, received);
        boolean handedOn = false;
        try {
            Exchange exchange = createExchange(ctx, received);
            consumer.createUoW(exchange);
            beforeProcess(exchange, ctx, received);
            consumer.getAsyncProcessor().process(exchange, sameThread -> done(exchange, outcome));
            handedOn = true;
        } finally {
            if (!handedOn) {
                outcome.tell(false, null);
            }
        }
    }

    private void done(Exchange exchange, Outcome outcome) {
        boolean routed = !exchange.isFailed();
        Dialect dialect = routed ? dialect(exchange) : null;
        try {
            consumer.doneUoW(exchange);
            consumer.releaseExchange(exchange, false);
        } finally {
            outcome.tell(routed, dialect);
        }
    }

    /** The dialect that the routes have recognised; null if a route has changed the header to another value. */
    private static @Nullable Dialect dialect(Exchange done) {
        Object tag = done.getMessage().getHeader(FramegateHeaders.DIALECT);
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.tag().equals(tag))
                .findFirst()
                .orElse(null);
    }

    @Override
    protected void beforeProcess(Exchange exchange, ChannelHandlerContext ctx, Object message) {
        String certificate = Peers.certificate(ctx.channel());
        if (certificate != null) {
            exchange.getIn().setHeader(FramegateHeaders.PEER_CERTIFICATE, certificate);
        }
        exchange.getIn().setHeader(FramegateHeaders.NODE, node);
        ReceiptTime.set(exchange, Instant.now());
        if (message instanceof Received received) {
            exchange.getIn().setHeader(FramegateHeaders.PEER, Peers.address(ctx.channel(), received));
            exchange.getIn().setHeader(FramegateHeaders.PEER_HOST, Peers.host(ctx.channel(), received));
            exchange.getIn().setHeader(FramegateHeaders.WIRE_FORMAT, received.format());
        }
    }

    /** Logs a fault of the peer or of the network as one line without a stack trace. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        OutOfMemory.endIfIn(cause);
        if (cause instanceof IOException || cause instanceof DecoderException) {
            String reason = Reason.plain(cause);
            log.log(ctx.channel(), Level.INFO, "connection broken", line -> line.addKeyValue("reason", reason));
        } else {
            log.log(ctx.channel(), Level.ERROR, "connection failed", line -> line.setCause(cause));
        }
        ctx.close();
    }

    private static Answer answer(Received received, @Nullable Dialect dialect) {
        return received instanceof RejectedPacket rejected
                ? new Answer(rejected.reason(), rejected.detail())
                : Answer.accepted(dialect);
    }
}
