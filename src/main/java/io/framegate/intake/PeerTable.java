package io.framegate.intake;

import io.framegate.event.RejectReason;
import io.framegate.wire.PeerAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that have connections, recent rejects or a ban. An IPv6 address counts as its /64 network, because one
 * machine has the whole network.
 *
 * <p>Has an entry for each address with a connection, and remembers at most 4096 other addresses. Thread-safe.
 */
final class PeerTable {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.connections");

    private static final int REMEMBERED = 4096;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final PeerLimits limits;
    private final Map<String, Peer> connected = new HashMap<>();
    private final Map<String, Peer> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Peer> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Volatile, because each packet asks. */
    private volatile boolean many;

    PeerTable(PeerLimits limits) {
        this.limits = limits;
    }

    /** Counts a connection. Must be followed by {@link #disconnected}, even if the connection is refused. */
    synchronized Peer connected(String host) {
        String network = PeerAddress.network(host);
        Peer peer = connected.get(network);
        if (peer == null) {
            peer = remembered.remove(network);
        }
        if (peer == null) {
            peer = new Peer(this, network, limits.memory());
        }
        connected.put(network, peer);
        many = connected.size() > 1;
        peer.connections++;
        return peer;
    }

    /** The reason for which a connection that was just counted is refused, or null if it is not. */
    synchronized @Nullable Refusal refusal(Peer peer) {
        if (isBanned(peer)) {
            return Refusal.BANNED;
        }
        return peer.connections > limits.maxConnections() ? Refusal.MAX_CONNECTIONS_PER_PEER : null;
    }

    /** Whether more than one peer is connected. */
    boolean areMany() {
        return many;
    }

    /** The peer with most connections. At least one must be connected. */
    synchronized Peer largest() {
        return Collections.max(connected.values(), Comparator.comparingInt(peer -> peer.connections));
    }

    /** Whether a peer has more than twice as many connections as another. */
    synchronized boolean isFarLarger(Peer peer, Peer other) {
        return peer.connections > 2 * other.connections;
    }

    synchronized void disconnected(Peer peer) {
        peer.connections--;
        if (peer.connections == 0) {
            connected.remove(peer.network);
            many = connected.size() > 1;
            if (peer.rejects > 0 || isBanned(peer)) {
                remembered.put(peer.network, peer);
            }
        }
    }

    /** Counts a reject; returns whether the connection must be closed because of too many rejects. */
    synchronized boolean rejected(Peer peer, RejectReason reason) {
        if (limits.maxRejects() == 0) {
            return false;
        }
        long now = System.nanoTime();
        if (peer.rejects == 0 || now - peer.minuteBegan > MINUTE) {
            peer.minuteBegan = now;
            peer.rejects = 0;
        }
        peer.rejects++;
        if (peer.rejects <= limits.maxRejects()) {
            return false;
        }
        if (!limits.ban().isZero() && !isBanned(peer)) {
            Instant since = Instant.now();
            peer.ban = new Ban(peer.network, reason, since, since.plus(limits.ban()));
            peer.bannedUntil = now + limits.ban().toNanos();
            LOG.atWarn()
                    .addKeyValue("peer", peer.network)
                    .addKeyValue("reason", reason.tag())
                    .addKeyValue("seconds", limits.ban().toSeconds())
                    .log("peer banned: framegate.intake.max-rejects-per-peer reached");
        }
        return true;
    }

    /** The bans that have not ended, newest first. */
    synchronized List<Ban> bans() {
        return Stream.concat(connected.values().stream(), remembered.values().stream())
                .filter(PeerTable::isBanned)
                .map(peer -> Objects.requireNonNull(peer.ban))
                .sorted(Comparator.comparing(Ban::since).reversed())
                .toList();
    }

    private static boolean isBanned(Peer peer) {
        return peer.ban != null && peer.bannedUntil - System.nanoTime() > 0;
    }
}
