package io.framegate.intake;

import io.framegate.event.RejectReason;
import io.framegate.intake.memory.MemoryPool;
import io.netty.util.AttributeKey;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The usage of one address: its connections, its memory and its rejects. The table's lock guards the counts. */
final class Peer {

    static final AttributeKey<Peer> KEY = AttributeKey.valueOf("framegate-peer");

    /** Rejects that the gateway causes. */
    private static final Set<RejectReason> NOT_ITS_FAULT = EnumSet.of(RejectReason.NOT_STORED, RejectReason.OVERLOADED);

    final String network;
    private final PeerTable table;
    private final MemoryPool memory;
    private final PeerTurns turns;
    int connections;
    int rejects;
    long minuteBegan;
    long bannedUntil;

    @Nullable
    Ban ban;

    Peer(PeerTable table, String network, long limit) {
        this.table = table;
        this.network = network;
        memory = new MemoryPool("framegate.intake.memory-per-peer", limit);
        turns = new PeerTurns(table);
    }

    /** The memory that its connections share. */
    MemoryPool memory() {
        return memory;
    }

    /** The turns of its packets in the routes. */
    PeerTurns turns() {
        return turns;
    }

    /** Counts a reject; returns whether the connection must be closed because of too many rejects within a minute. */
    boolean isRejectedTooOften(RejectReason reason) {
        return !NOT_ITS_FAULT.contains(reason) && table.rejected(this, reason);
    }
}
