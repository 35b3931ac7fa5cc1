package io.framegate.intake;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.event.Packet;
import io.framegate.event.RejectReason;
import io.framegate.intake.memory.MemoryBudget;
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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What becomes of the packets of cameras that fill the memory. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestListener.LOG)
class CrowdedMemoryTest {

    private static final int MB = 1 << 20;
    private static final int LIMIT = 16 * MB;

    private final AtomicLong passed = new AtomicLong();
    private final InFlight inFlight = new InFlight(LIMIT, () -> System.nanoTime() + passed.get());
    private final MemoryBudget memory = inFlight.memory();

    private void passes(Duration time) {
        passed.addAndGet(time.toNanos());
    }

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
                receives(Math.min(memory.isTight() ? 1024 : 64 << 10, most - bytes));
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
        memory.tick();
        assertThat(good.reads()).isTrue();
        assertThat(large.rejected).isNull();
    }

    @Test
    void unfinishedPacketsThatFillTheMemoryAreRejectedTheCostliestFirst() {
        List<Camera> many = halves();
        Camera costly = many.get(7);
        costly.receives(40 << 10);
        memory.tick();
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
        many.forEach(camera -> camera.channel.runPendingTasks());
        memory.tick();
        assertThat(rejected(many)).isPositive();
    }

    /** A slow event loop must not lead to a second rejection for the same bytes. */
    @Test
    void noFurtherPacketsAreRejectedWhileTheBytesOfTheFirstAreNotYetReleased() {
        List<Camera> many = halves();
        memory.tick();
        memory.tick();
        assertThat(rejected(many)).isBetween(40L, 200L);
    }

    @Test
    void aLargePacketThatMustBeRejectedTakesNoSmallOnesWithIt() {
        Camera large = new Camera().proven().receivesUpTo(15 * MB);
        List<Camera> small = cameras(20);
        small.forEach(camera -> camera.receives(100 << 10));
        passes(Duration.ofMillis(30));
        new Camera().proven().receives(300 << 10);
        memory.tick();
        assertThat(rejected(List.of(large))).isEqualTo(1);
        assertThat(rejected(small)).isZero();
    }

    @Test
    void anUnknownCameraKeepsThePrivilegeForATurn() {
        memory.addWhole(memory.open(new WaitingHolder(0), null), 11 * MB + MB / 2);
        Camera known = new Camera().proven().receives(MB);
        Camera unknown = new Camera().receives(512 << 10);
        assertThat(known.reads()).isTrue();
        passes(Duration.ofMillis(1100));
        memory.tick();
        known.reads();
        assertThat(unknown.reads()).isTrue();
        passes(Duration.ofMillis(30));
        memory.tick();
        assertThat(known.reads()).isTrue();
    }

    @Test
    void aHoldMakesNoPacketOld() {
        List<Camera> large = cameras(24);
        for (int bytes = 64 << 10; bytes <= 12 * MB; bytes += 64 << 10) {
            int now = bytes;
            large.forEach(camera -> camera.receivesUpTo(now));
        }
        inFlight.hold();
        passes(Duration.ofMinutes(1));
        inFlight.release();
        memory.tick();
        assertThat(rejected(large)).isZero();
        passes(Duration.ofSeconds(2));
        memory.tick();
        assertThat(rejected(large)).isPositive();
    }

    @Test
    void packetsAcceptedBeforeACameraWaitsAreNoFlow() {
        Camera before = new Camera();
        before.gate.done(before.receives(MB).completes(), Answer.ACCEPTED);
        List<Camera> many = halves();
        memory.tick();
        assertThat(rejected(many)).isPositive();
    }

    /** The packet of a slow event loop was complete before it read that the packet must be rejected. */
    @Test
    void aPacketThatIsCompleteMeanwhileIsNotRejectedAndNeitherIsTheNextOne() {
        List<Camera> many = halves();
        Camera costly = many.get(7);
        costly.receives(40 << 10);
        memory.tick();
        costly.completes();
        costly.receives(1024);
        costly.channel.runPendingTasks();
        assertThat(costly.rejected).isNull();
        assertThat(costly.channel.isOpen()).isTrue();
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
                    camera.receives(Math.min(memory.isTight() ? 1024 : 64 << 10, length - camera.bytes));
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
                    camera.receives(Math.min(memory.isTight() ? 1024 : 16 << 10, length - camera.bytes));
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
                memory.tick();
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
        memory.tick();
        half.channel.runPendingTasks();
        assertThat(half.rejected).isNull();
    }

    @Test
    void whileTheGatewayHoldsNobodyIsRejected() {
        List<Camera> many = halves();
        inFlight.hold();
        memory.tick();
        assertThat(rejected(many)).isZero();
    }

    @Test
    void whenAllHaveLeftNothingIsHeld() {
        List<Camera> many = halves();
        memory.tick();
        many.forEach(camera -> camera.channel.close());
        many.forEach(camera -> camera.channel.runPendingTasks());
        assertThat(inFlight.bytes()).isZero();
        assertThat(inFlight.packets()).isZero();
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
}
