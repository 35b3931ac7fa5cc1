package io.framegate.intake;

import io.framegate.event.Received;
import io.framegate.event.RejectReason;
import io.framegate.event.RejectedPacket;
import io.framegate.wire.Answer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.handlers.ServerChannelHandler;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes packets to the route, and answers the camera when the route is done with them, on any thread. The answer
 * follows from the exchange's outcome, not from its body, so no route can break it.
 */
final class PacketHandler extends ServerChannelHandler {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.connections");

    private final FrameGate gate;

    PacketHandler(NettyConsumer consumer, FrameGate gate) {
        super(consumer);
        this.gate = gate;
    }

    @Override
    protected void beforeProcess(Exchange exchange, ChannelHandlerContext ctx, Object message) {
        exchange.getIn().setHeader(FramegateHeaders.PEER, Peers.address(ctx.channel()));
        exchange.getIn().setHeader(FramegateHeaders.PEER_HOST, Peers.host(ctx.channel()));
        String certificate = Peers.certificate(ctx.channel());
        if (certificate != null) {
            exchange.getIn().setHeader(FramegateHeaders.PEER_CERTIFICATE, certificate);
        }
        exchange.getIn().setHeader(FramegateHeaders.RECEIVED_AT, Instant.now().toString());
        if (message instanceof Received received) {
            exchange.getIn().setHeader(FramegateHeaders.WIRE_FORMAT, received.format());
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onComplete(Exchange done) {
                    gate.done(received, answer(received));
                }

                @Override
                public void onFailure(Exchange done) {
                    gate.done(received, new Answer(RejectReason.NOT_STORED, "not stored, send again"));
                }
            });
        }
    }

    /** A fault of the peer or of the network is one line without a stack trace. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            LOG.atInfo()
                    .addKeyValue("peer", Peers.address(ctx.channel()))
                    .addKeyValue("reason", cause.getMessage())
                    .log("connection broken");
        } else {
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("peer", Peers.address(ctx.channel()))
                    .log("connection failed");
        }
        ctx.close();
    }

    private static Answer answer(Received received) {
        return received instanceof RejectedPacket rejected
                ? new Answer(rejected.reason(), rejected.detail())
                : Answer.ACCEPTED;
    }
}
