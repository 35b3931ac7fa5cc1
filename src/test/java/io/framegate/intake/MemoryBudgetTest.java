package io.framegate.intake;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.intake.memory.Holding;
import io.framegate.intake.memory.MemoryBudget;
import io.framegate.intake.memory.MemoryPool;
import io.framegate.wire.Answer;
import io.framegate.wire.FrameProgress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
class MemoryBudgetTest {

    private static final int MB = 1 << 20;
    private static final int LIMIT = 16 * MB;

    private final InFlight inFlight = new InFlight(LIMIT);

    /** A connection whose decoder holds what the test says. */
    private final class Camera implements FrameProgress {
        private final FrameGate gate = new FrameGate(inFlight, 2);
        private final List<Packet> routed = new ArrayList<>();
        private final EmbeddedChannel channel = new EmbeddedChannel(gate, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                routed.add((Packet) msg);
            }
        });
        private int bytes;
        private long frames;
        private @Nullable RejectReason rejected;
        private String detail = "";

        Camera() {
            channel.pipeline().fireUserEventTriggered(this);
        }

        @Override
        public void resume() {}

        Camera receives(int more) {
            frames += bytes == 0 ? 1 : 0;
            bytes += more;
            channel.pipeline().fireChannelReadComplete();
            return this;
        }

        /** Becomes a camera with an accepted packet. */
        Camera proven() {
            gate.done(receives(1024).completes(), Answer.ACCEPTED);
            channel.runPendingTasks();
            return this;
        }

        Packet completes() {
            Packet packet = new Packet("xml", new byte[bytes], List.of(), "", bytes);
            bytes = 0;
            channel.writeInbound(packet);
            return packet;
        }

        boolean reads() {
            channel.runPendingTasks();
            return channel.isOpen() && channel.config().isAutoRead();
        }

        /** Receives until it is stopped, up to these bytes. */
        Camera receivesUpTo(int most) {
            while (bytes < most && reads()) {
                receives(Math.min(inFlight.memory().isTight() ? 1024 : 64 << 10, most - bytes));
            }
            return this;
        }

        @Override
        public boolean midFrame() {
            return bytes > 0;
        }

        @Override
        public long framesBegun() {
            return frames;
        }

        @Override
        public int heldBytes() {
            return bytes;
        }

        @Override
        public void giveUp(RejectReason reason, String why) {
            rejected = reason;
            detail = why;
            bytes = 0;
        }
    }

    private List<Camera> cameras(int count) {
        List<Camera> cameras = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cameras.add(new Camera());
        }
        return cameras;
    }

    /** Cameras with halves of packets that fill the memory. */
    private List<Camera> halves() {
        List<Camera> halves = cameras(400);
        halves.forEach(camera -> camera.receivesUpTo(16 << 10));
        halves.forEach(camera -> camera.receivesUpTo(60 << 10));
        assertThat(inFlight.bytes()).isBetween(LIMIT / 4 * 3L, LIMIT / 8 * 9L);
        return halves;
    }

    private static long rejected(List<Camera> cameras) {
        cameras.forEach(camera -> camera.channel.runPendingTasks());
        return cameras.stream().filter(camera -> camera.rejected != null).count();
    }

    @Test
    void thoseThatHoldMuchStopAtThreeQuartersAndThoseThatHoldLittleGoOn() {
        List<Camera> large = cameras(24);
        for (int bytes = 64 << 10; bytes <= 12 * MB; bytes += 64 << 10) {
            int now = bytes;
            large.forEach(camera -> camera.receivesUpTo(now));
        }
        assertThat(inFlight.bytes()).isBetween(LIMIT / 4 * 3L, LIMIT / 8 * 7L + 24 * (64 << 10));
        assertThat(large.stream().filter(Camera::reads).count()).isZero();

        Camera good = new Camera().receives(200 << 10);
        assertThat(good.reads()).isTrue();
        Packet packet = good.completes();
        assertThat(good.routed).containsExactly(packet);
    }

    @Test
    void onePacketAsLargeAsTheLimitIsReceived() {
        Camera large = new Camera().receivesUpTo(LIMIT);
        assertThat(large.bytes).isEqualTo(LIMIT);
        Camera good = new Camera().receives(200 << 10);
        inFlight.memory().tick();
        assertThat(good.reads()).isTrue();
        assertThat(large.rejected).isNull();
    }

    @Test
    void unfinishedPacketsThatFillTheMemoryAreRejectedTheCostliestFirst() {
        List<Camera> many = halves();
        Camera costly = many.get(7);
        costly.receives(40 << 10);
        inFlight.memory().tick();
        assertThat(rejected(many)).isBetween(40L, 200L);
        assertThat(costly.rejected).isEqualTo(RejectReason.OVERLOADED);
        assertThat(costly.detail).contains("framegate.intake.memory", "this one has " + (100 << 10));
        assertThat(costly.channel.isOpen()).isFalse();
        assertThat(inFlight.bytes()).isBetween(LIMIT / 8L * 3, LIMIT / 4L * 3);
    }

    @Test
    void aCameraThatHoldsLeastGoesOnWhileOthersFillTheMemory() {
        List<Camera> many = halves();
        Camera good = new Camera();
        assertThat(good.reads()).isTrue();
        good.receives(1024);
        eventually("the turn of the good camera")
                .until(() -> rejected(many) < many.size() && good.receivesUpTo(30 << 10).bytes == 30 << 10);
        assertThat(good.rejected).isNull();
    }

    @Test
    void aCameraWithAnAcceptedPacketBeginsWhileHalvesFillTheMemoryAndAnotherIsPrivileged() {
        List<Camera> proven = cameras(2);
        proven.forEach(Camera::proven);
        halves();
        for (Camera camera : proven) {
            assertThat(camera.receives(1024).reads()).isTrue();
        }
    }

    /** Rejects cost the gateway memory for a moment, but they are no sign that pictures are received. */
    @Test
    void halvesThatFillTheMemoryAreRejectedAlsoWhileOthersSendRejectedPackets() {
        Camera small = new Camera();
        List<Camera> many = halves();
        for (int i = 0; i < 2000; i++) {
            small.gate.done(small.receives(1).completes(), new Answer(RejectReason.UNKNOWN_FORMAT, "not a packet"));
            small.channel.runPendingTasks();
        }
        inFlight.memory().tick();
        assertThat(rejected(many)).isBetween(40L, 200L);
    }

    /** A slow event loop must not lead to a second rejection for the same bytes. */
    @Test
    void noFurtherPacketsAreRejectedWhileTheBytesOfTheFirstAreNotYetReleased() {
        List<Camera> many = halves();
        inFlight.memory().tick();
        inFlight.memory().tick();
        assertThat(rejected(many)).isBetween(40L, 200L);
    }

    /** The privilege is of no use to a connection that the limit of its peer stops. */
    @Test
    void aConnectionThatItsPeerStopsDoesNotKeepOthersFromReading() {
        MemoryBudget memory = inFlight.memory();
        MemoryPool peer = new MemoryPool("framegate.intake.memory-per-peer", LIMIT / 2);
        Holding first = unfinished(peer, 2 * MB);
        Holding stopped = unfinished(peer, 4 * MB + MB / 2);
        Holding other = unfinished(null, MB);
        memory.addWhole(unfinished(null, 0), 5 * MB);
        assertThat(memory.mayRead(first)).isTrue();
        eventually("the end of the turn").until(() -> memory.mayRead(other));
        memory.rest(other);

        assertThat(memory.mayRead(stopped)).isFalse();
        assertThat(memory.mayRead(other)).isTrue();
    }

    private Holding unfinished(@Nullable MemoryPool peer, long bytes) {
        Holding account = inFlight.memory().open(new WaitingHolder(0), peer);
        inFlight.memory().setPartial(account, bytes, 1, false);
        return account;
    }

    @Test
    void camerasThatSendAtTheSameTimeMoreThanFitsAllFinish() {
        List<Camera> all = cameras(100);
        int length = 200 << 10;
        List<Camera> open = new ArrayList<>(all);
        for (int round = 0; !open.isEmpty() && round < 100_000; round++) {
            List<Camera> finished = new ArrayList<>();
            for (Camera camera : open) {
                if (camera.reads()) {
                    camera.receives(Math.min(inFlight.memory().isTight() ? 1024 : 64 << 10, length - camera.bytes));
                    if (camera.bytes == length) {
                        camera.gate.done(camera.completes(), Answer.ACCEPTED);
                        finished.add(camera);
                    }
                }
            }
            open.removeAll(finished);
        }
        assertThat(open).isEmpty();
        assertThat(rejected(all)).isZero();
        all.forEach(camera -> camera.channel.runPendingTasks());
        assertThat(inFlight.bytes()).isZero();
    }

    /** Cameras that begin at once, after a power cut for example, must not take the memory from each other for ever. */
    @Test
    void tenTimesMoreThanFitsIsStoredAsFastAsTheRoutesCan() {
        int length = 60 << 10;
        int storedInARound = 4;
        List<Camera> sending = cameras(2000);
        Deque<Runnable> routed = new ArrayDeque<>();
        int stored = 0;
        int rounds = 0;
        while (stored < 2000 && rounds < 2 * 2000 / storedInARound) {
            List<Camera> next = new ArrayList<>();
            for (Camera camera : sending) {
                if (camera.reads()) {
                    camera.receives(Math.min(inFlight.memory().isTight() ? 1024 : 16 << 10, length - camera.bytes));
                }
                if (camera.bytes == length) {
                    Packet packet = camera.completes();
                    routed.add(() -> camera.gate.done(packet, Answer.ACCEPTED));
                } else {
                    next.add(camera.rejected == null ? camera : new Camera());
                }
            }
            sending = next;
            for (int i = 0; i < storedInARound && !routed.isEmpty(); i++) {
                routed.remove().run();
                stored++;
            }
            if (++rounds % 20 == 0) {
                inFlight.memory().tick();
            }
        }
        assertThat(stored).isEqualTo(2000);
    }

    @Test
    void memoryHeldByTheRoutesRejectsNobody() {
        List<Camera> slow = cameras(16);
        slow.forEach(camera -> camera.receives(900 << 10).completes());
        Camera half = new Camera().receivesUpTo(4 * MB);
        assertThat(half.reads()).isFalse();
        inFlight.memory().tick();
        half.channel.runPendingTasks();
        assertThat(half.rejected).isNull();
    }

    @Test
    void whileTheGatewayHoldsNobodyIsRejected() {
        List<Camera> many = halves();
        inFlight.hold();
        inFlight.memory().tick();
        assertThat(rejected(many)).isZero();
    }

    @Test
    void whenAllHaveLeftNothingIsHeld() {
        List<Camera> many = halves();
        inFlight.memory().tick();
        many.forEach(camera -> camera.channel.close());
        many.forEach(camera -> camera.channel.runPendingTasks());
        assertThat(inFlight.bytes()).isZero();
        assertThat(inFlight.packets()).isZero();
    }

    @Test
    void theBudgetGoesOnAfterAFailure() {
        MemoryBudget memory = new MemoryBudget(MB);
        WaitingHolder broken = new WaitingHolder(0);
        List<Holding> accounts = List.of(memory.open(broken, null), memory.open(broken, null));
        accounts.forEach(account -> memory.setPartial(account, MB, 1, false));
        assertThat(accounts).noneMatch(memory::mayRead);
        eventually("the tick after the failure").until(() -> broken.evictions() == 2);
    }

    /** A camera that comes back is not kept out by connections that it has left. */
    @Test
    void theConnectionThatWaitedLongestGivesWayToANewOneOfItsPeer() {
        MemoryBudget memory = inFlight.memory();
        MemoryPool peer = new MemoryPool("framegate.intake.memory-per-peer", LIMIT);
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

    /** A close under the lock of the memory also entered the lock of {@link InFlight}: two event loops deadlocked. */
    @Test
    void aConnectionThatGivesWayIsClosedAfterTheLocks() {
        Camera camera = new Camera();
        camera.gate.giveWay();
        assertThat(camera.channel.isOpen()).isTrue();
        camera.channel.runPendingTasks();
        assertThat(camera.channel.isOpen()).isFalse();
    }

    @Test
    void theConnectionWithoutAWholePacketForLongestIsTheQuietOne() {
        MemoryBudget memory = inFlight.memory();
        MemoryPool peer = new MemoryPool("framegate.intake.memory-per-peer", LIMIT);
        WaitingHolder first = new WaitingHolder(0);
        WaitingHolder second = new WaitingHolder(0);
        WaitingHolder busy = new WaitingHolder(0);
        Holding active = memory.open(first, peer);
        Holding begun = memory.open(second, peer);
        memory.addWhole(memory.open(busy, peer), 10);
        memory.addWhole(active, 10);
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
