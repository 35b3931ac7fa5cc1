package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.Received;
import io.framegate.wire.Answer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerTurnsTest {

    private final List<Received> routed = new ArrayList<>();
    private final PeerTable peers = new PeerTable(PeerLimits.NONE);
    private final InFlight inFlight = new InFlight(1_000_000);
    private final Packet packet = new Packet("xml", new byte[1], List.of(), "", 1);
    private final List<FrameGate> gates = new ArrayList<>();
    private final List<EmbeddedChannel> channels = new ArrayList<>();

    private EmbeddedChannel channel(FrameGate gate, Peer peer) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.attr(Peer.KEY).set(peer);
        channel.pipeline().addLast(gate, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                routed.add((Received) msg);
            }
        });
        return channel;
    }

    /** Sends a packet on each of several connections of a peer. */
    private void send(Peer peer, int connections) {
        for (int number = 0; number < connections; number++) {
            FrameGate gate = new FrameGate(inFlight, 2);
            gates.add(gate);
            channels.add(channel(gate, peer));
            channels.get(channels.size() - 1).writeInbound(packet);
        }
    }

    /** The routes are done with the packets of the first connections. */
    private void doneWithFirst(int connections) {
        for (FrameGate gate : gates.subList(0, connections)) {
            gate.done(packet, Answer.ACCEPTED);
            channels.forEach(EmbeddedChannel::runPendingTasks);
        }
    }

    /** Or the packet of every other camera would wait for those of a thousand connections. */
    @Test
    void connectionsOfOnePeerTakeTurnsInTheRoutes() {
        Peer busy = peers.connected("192.0.2.7");
        Peer other = peers.connected("192.0.2.8");
        send(busy, 2 * PeerTurns.MAX);
        assertThat(routed).hasSize(PeerTurns.MAX);
        assertThat(inFlight.packets()).isEqualTo(PeerTurns.MAX);

        channel(new FrameGate(inFlight, 2), other).writeInbound(packet);
        assertThat(routed).hasSize(PeerTurns.MAX + 1);

        // One that waits leaves; its packet is routed all the same.
        channels.get(PeerTurns.MAX).close();
        assertThat(routed).hasSize(PeerTurns.MAX + 2);
        doneWithFirst(PeerTurns.MAX + 1);
        assertThat(routed).hasSize(2 * PeerTurns.MAX + 1);
    }

    /** Or a camera that connects for each packet would wait for those of a thousand connections. */
    @Test
    void theOnlyPeerHasMorePacketsInTheRoutesButNotAll() {
        send(peers.connected("192.0.2.7"), 2 * PeerTurns.MAX_ALONE);
        assertThat(routed).hasSize(PeerTurns.MAX_ALONE);
        doneWithFirst(PeerTurns.MAX_ALONE);
        assertThat(routed).hasSize(2 * PeerTurns.MAX_ALONE);
    }

    @Test
    void packetsThatWaitForATurnGoOnWhenTheOtherPeerHasLeft() {
        Peer busy = peers.connected("192.0.2.7");
        Peer other = peers.connected("192.0.2.8");
        send(busy, 2 * PeerTurns.MAX);
        peers.disconnected(other);
        // These would keep the limit reached for as long as they come.
        send(busy, PeerTurns.MAX);
        assertThat(routed).hasSize(2 * PeerTurns.MAX);
        doneWithFirst(PeerTurns.MAX);
        assertThat(routed).hasSize(3 * PeerTurns.MAX);
    }

    @Test
    void peerThatConnectsLaterWaitsOnlyForPacketsThatAreInTheRoutes() {
        Peer busy = peers.connected("192.0.2.7");
        send(busy, 2 * PeerTurns.MAX);
        peers.connected("192.0.2.8");
        send(busy, 1);
        assertThat(routed).hasSize(2 * PeerTurns.MAX);
        doneWithFirst(PeerTurns.MAX);
        assertThat(routed).hasSize(2 * PeerTurns.MAX);
        gates.get(PeerTurns.MAX).done(packet, Answer.ACCEPTED);
        channels.forEach(EmbeddedChannel::runPendingTasks);
        assertThat(routed).hasSize(2 * PeerTurns.MAX + 1);
    }
}
