package io.framegate.intake;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.memory.Holding;
import io.framegate.intake.memory.MemoryBudget;
import io.framegate.intake.memory.MemoryPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The rules of the memory, for accounts of connections. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
class MemoryBudgetTest {

    private static final int MB = 1 << 20;
    private static final int LIMIT = 16 * MB;

    private final AtomicLong passed = new AtomicLong();
    private final MemoryBudget memory = new MemoryBudget(LIMIT, () -> System.nanoTime() + passed.get());
    private final MemoryPool peer = new MemoryPool("framegate.intake.memory-per-peer", LIMIT / 2);

    private void passes(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    private Holding unfinished(@Nullable MemoryPool peer, long bytes) {
        return unfinished(new WaitingHolder(0), peer, bytes);
    }

    private Holding unfinished(WaitingHolder holder, @Nullable MemoryPool peer, long bytes) {
        Holding account = memory.open(holder, peer);
        memory.setPartial(account, bytes, 1, false);
        return account;
    }

    private Holding proven(WaitingHolder holder, long bytes) {
        Holding account = memory.open(holder, null);
        memory.addWhole(account, 1024);
        memory.accept(account, 1024);
        memory.setPartial(account, bytes, 1, false);
        return account;
    }

    /** Packets that wait for the routes. */
    private Holding whole(@Nullable MemoryPool peer, long bytes) {
        Holding account = memory.open(new WaitingHolder(0), peer);
        memory.addWhole(account, bytes);
        return account;
    }

    /** The privilege is of no use to a connection that the limit of its peer stops. */
    @Test
    void aConnectionThatItsPeerStopsDoesNotKeepOthersFromReading() {
        Holding first = unfinished(peer, 2 * MB);
        Holding stopped = unfinished(peer, 4 * MB + MB / 2);
        Holding other = unfinished(null, MB);
        whole(null, 5 * MB);
        assertThat(memory.mayRead(first)).isTrue();
        passes(Duration.ofMillis(30));
        assertThat(memory.mayRead(other)).isTrue();
        memory.rest(other);

        assertThat(memory.mayRead(stopped)).isFalse();
        assertThat(memory.mayRead(other)).isTrue();
    }

    @Test
    void aConnectionThatItsPeerStopsGivesThePrivilegeBack() {
        Holding routed = whole(peer, 4950 << 10);
        whole(null, 4300 << 10);
        Holding stopped = unfinished(peer, MB);
        Holding other = unfinished(null, 2 * MB);
        assertThat(memory.mayRead(stopped)).isTrue();
        assertThat(memory.mayRead(other)).isFalse();
        memory.addWhole(routed, 1250 << 10);
        assertThat(memory.mayRead(stopped)).isFalse();
        assertThat(memory.mayRead(other)).isTrue();
    }

    @Test
    void aPeerThatFillsItsPartRejectsNoPacketOfOthers() {
        WaitingHolder slow = new WaitingHolder(0);
        unfinished(slow, null, MB);
        passes(Duration.ofSeconds(6));
        WaitingHolder attacker = new WaitingHolder(0);
        Holding first = unfinished(attacker, peer, 4 * MB);
        unfinished(attacker, peer, 4 * MB);
        assertThat(memory.mayRead(first)).isFalse();
        memory.tick();
        assertThat(slow.evictions()).isZero();
    }

    @Test
    void slowRoutesRejectNoPacketOfAPeerWithinItsPart() {
        whole(null, 11 * MB + MB / 2);
        WaitingHolder camera = new WaitingHolder(0);
        Holding first = unfinished(camera, peer, 2300 << 10);
        Holding second = unfinished(camera, peer, 2300 << 10);
        memory.mayRead(first);
        assertThat(memory.mayRead(second)).isFalse();
        passes(Duration.ofSeconds(6));
        memory.tick();
        assertThat(camera.evictions()).isZero();
    }

    /** A connection has a cost too, which shrinks what the peers share. */
    @Test
    void thousandConnectionsOfOnePeerDoNotMakeItsPartTheWhole() {
        List<Holding> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(memory.open(new WaitingHolder(0), peer));
        }
        for (Holding account : many) {
            if (memory.bytes() < 15 * MB) {
                memory.setPartial(account, 1024, 1, false);
                if (memory.mayRead(account)) {
                    memory.setPartial(account, 60 << 10, 1, false);
                }
            }
        }
        assertThat(memory.mayRead(unfinished(null, 300 << 10))).isTrue();
    }

    @Test
    void aLargePacketGoesOnWhileOthersSendSmallAcceptedPackets() {
        Holding routed = whole(null, 14 * MB);
        Holding large = proven(new WaitingHolder(0), MB);
        boolean read = false;
        for (int i = 0; i < 1000; i++) {
            memory.addWhole(routed, -(60 << 10));
            read |= memory.mayRead(large);
            Holding small = proven(new WaitingHolder(0), 1024);
            if (memory.mayRead(small)) {
                memory.addWhole(routed, 60 << 10);
            }
            memory.close(small);
        }
        assertThat(read).isTrue();
    }

    @Test
    void aCameraWithAnAcceptedPacketIsNotPassedForEver() {
        Holding routed = whole(null, 17_400 << 10);
        memory.mayRead(proven(new WaitingHolder(0), 1024));
        WaitingHolder first = new WaitingHolder(0);
        memory.mayRead(proven(first, 1024));
        for (int i = 0; i < 100; i++) {
            List<Holding> later = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                Holding account = proven(new WaitingHolder(0), 1024);
                memory.mayRead(account);
                later.add(account);
            }
            memory.addWhole(routed, -(100 << 10));
            memory.addWhole(routed, 100 << 10);
            later.forEach(memory::close);
        }
        assertThat(first.wakes()).isPositive();
    }

    @Test
    void theBudgetGoesOnAfterAFailure() {
        MemoryBudget memory = new MemoryBudget(MB);
        WaitingHolder broken = WaitingHolder.broken();
        List<Holding> accounts = List.of(memory.open(broken, null), memory.open(broken, null));
        accounts.forEach(account -> memory.setPartial(account, MB, 1, false));
        assertThat(accounts).noneMatch(memory::mayRead);
        eventually("the tick after the failure").until(() -> broken.evictions() == 2);
    }

    /** A camera that comes back is not kept out by connections that it has left. */
    @Test
    void theConnectionThatWaitedLongestGivesWayToANewOneOfItsPeer() {
        WaitingHolder young = new WaitingHolder(1);
        WaitingHolder old = new WaitingHolder(3);
        WaitingHolder other = new WaitingHolder(9);
        Holding youngest = memory.open(young, peer);
        memory.open(old, peer);
        memory.open(other, new MemoryPool("framegate.intake.memory-per-peer", LIMIT));
        assertThat(memory.giveWay(peer, Holding::waitedNanos, Duration.ofNanos(4)))
                .isFalse();
        assertThat(memory.giveWay(peer, Holding::waitedNanos, Duration.ofNanos(2)))
                .isTrue();
        assertThat(old.gaveWay()).isTrue();
        assertThat(memory.giveWay(peer, Holding::waitedNanos, Duration.ofNanos(2)))
                .as("once for each")
                .isFalse();
        assertThat(young.gaveWay()).isFalse();
        assertThat(other.gaveWay()).isFalse();
        memory.close(youngest);
    }

    @Test
    void theConnectionWithoutAWholePacketForLongestIsTheQuietOne() {
        WaitingHolder first = new WaitingHolder(0);
        WaitingHolder second = new WaitingHolder(0);
        WaitingHolder busy = new WaitingHolder(0);
        Holding active = memory.open(first, peer);
        Holding begun = memory.open(second, peer);
        memory.addWhole(memory.open(busy, peer), 10);
        memory.addWhole(active, 10);
        passes(Duration.ofSeconds(1));
        memory.addWhole(active, -10);
        memory.setPartial(begun, 10, 1, false);
        assertThat(memory.giveWay(peer, Holding::quietNanos, Duration.ofMinutes(1)))
                .isFalse();
        assertThat(memory.giveWay(peer, Holding::quietNanos, Duration.ZERO)).isTrue();
        assertThat(second.gaveWay()).isTrue();
        assertThat(first.gaveWay()).isFalse();
        assertThat(memory.giveWay(peer, Holding::quietNanos, Duration.ZERO)).isTrue();
        assertThat(first.gaveWay()).isTrue();
        assertThat(busy.gaveWay()).isFalse();
    }
}
