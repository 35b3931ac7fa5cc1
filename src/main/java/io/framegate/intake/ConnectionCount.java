package io.framegate.intake;

import io.framegate.wire.PeerAddress;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the open and the refused connections of all listeners and of each peer. A reload of the listeners keeps the
 * counts. Thread-safe.
 */
public final class ConnectionCount {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger withoutHeader = new AtomicInteger();
    private final AtomicInteger tls = new AtomicInteger();
    private final Map<String, Integer> tlsOfPeers = new ConcurrentHashMap<>();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
    private final int most;
    private final PeerTable peers;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean draining;

    /** Creates a count without limits. */
    public ConnectionCount() {
        this(Integer.MAX_VALUE, PeerLimits.NONE);
    }

    /**
     * Creates a count with limits.
     *
     * @param most the number of connections for which the process has descriptors
     */
    public ConnectionCount(int most, PeerLimits limits) {
        this.most = most;
        peers = new PeerTable(limits);
        for (Refusal reason : Refusal.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    /** The number of open connections. */
    public int open() {
        return open.get();
    }

    /** The number of connections refused since the start. */
    public long refused(Refusal reason) {
        return counter(reason).sum();
    }

    /**
     * Admits no further connections, and closes each open one as soon as none of its packets is open. Listeners stop
     * listening; a listener without an open connection stops at its next connection.
     */
    public void drain() {
        draining = true;
        channels.forEach(ConnectionCount::stopListening);
        channels.forEach(channel -> {
            FrameGate gate = channel.pipeline().get(FrameGate.class);
            if (gate != null) {
                gate.leave();
            }
        });
    }

    /** Whether a new connection may stay. While the gateway drains, closes the connection and its listener. */
    boolean admits(Channel channel) {
        channels.add(channel);
        // Read after the addition, so that a connection is either refused here or closed by the drain.
        if (draining) {
            stopListening(channel);
            channel.close();
        }
        return !draining;
    }

    private static void stopListening(Channel channel) {
        if (channel.parent() != null) {
            channel.parent().close();
        }
    }

    /** The addresses that are banned now, newest first. */
    public List<Ban> bans() {
        return peers.bans();
    }

    int most() {
        return most;
    }

    PeerTable peers() {
        return peers;
    }

    /** Counts a connection; returns the number of open connections. */
    int opened() {
        return open.incrementAndGet();
    }

    /** Counts a connection as closed; returns the number of open connections. */
    int closed() {
        return open.decrementAndGet();
    }

    /**
     * Counts a connection that waits for its PROXY header, and is counted as open only after that. Returns the number
     * of waiting and open connections.
     */
    int headerAwaited() {
        return withoutHeader.incrementAndGet() + open();
    }

    void headerDone() {
        withoutHeader.decrementAndGet();
    }

    /** Counts a connection with TLS. Returns whether the limit admits it; one peer may use half of the limit. */
    boolean tlsOpened(String host, int most) {
        int ofPeer = tlsOfPeers.merge(PeerAddress.network(host), 1, Integer::sum);
        return tls.incrementAndGet() <= most && ofPeer <= most / 2;
    }

    void tlsClosed(String host) {
        tls.decrementAndGet();
        tlsOfPeers.computeIfPresent(PeerAddress.network(host), (peer, count) -> count == 1 ? null : count - 1);
    }

    void refuse(Refusal reason) {
        counter(reason).increment();
    }

    private LongAdder counter(Refusal reason) {
        return Objects.requireNonNull(refused.get(reason));
    }
}
