package io.framegate.tool.simulate;

import io.framegate.tool.FrameClient;
import io.framegate.tool.HttpAnswer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One camera: sends what is due, one packet or answer at a time as cameras do, and connects again when it has to. What is due
 * while it waits is sent late and counts as late.
 *
 * <p>All on its event loop.
 */
final class SimulatedCamera implements FrameClient.Listener {

    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int PAUSE_MILLIS = 1000;
    private static final int CLOSE_MILLIS = 3000;

    private final Simulation run;
    private final EventLoop loop;
    private final CameraScript script;
    private final Random random;
    private final Deque<SimulatedPacket> unanswered = new ArrayDeque<>();
    private final Deque<SimulatedPacket> again = new ArrayDeque<>();
    private final Unconfirmed unconfirmed = new Unconfirmed();
    private List<SimulatedPacket> writing = List.of();
    private @Nullable Channel channel;
    private long sentOnConnection;
    private boolean waiting;
    private boolean endExpected;
    private boolean finished;

    SimulatedCamera(int number, Simulation run) {
        this.run = run;
        this.loop = run.client().nextLoop();
        this.script = new CameraScript(number, run);
        this.random = script.random();
    }

    /** Any thread. */
    void start() {
        loop.execute(this::connect);
    }

    /** Ends what would not end by itself; what is unanswered is unknown. Any thread. */
    void abandon() {
        loop.execute(this::end);
    }

    private void connect() {
        if (finished) {
            return;
        }
        ChannelFuture connecting = run.client().connect(loop, run.format().isAnswered(), this);
        connecting.addListener(result -> {
            if (result.isSuccess()) {
                connected(connecting.channel());
            } else {
                run.tally().refusedConnections.increment();
                reconnect(PAUSE_MILLIS);
            }
        });
    }

    private void reconnect(int pauseMillis) {
        if (run.schedule().isOver(System.nanoTime())) {
            end();
        } else {
            loop.schedule(this::connect, pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void connected(Channel open) {
        channel = open;
        sentOnConnection = 0;
        run.tally().connected.increment();
        next();
    }

    private void next() {
        Channel open = channel;
        if (open == null || finished || waiting || endExpected || !writing.isEmpty() || !unanswered.isEmpty()) {
            return;
        }
        if (!again.isEmpty()) {
            send(open, List.of(again.remove()), null);
            return;
        }
        long now = System.nanoTime();
        long due = script.due(now);
        if (script.isOver(now)) {
            end();
        } else if (due - now > 0) {
            pause(due - now);
        } else {
            CameraScript.Scene scene = script.next(due, sentOnConnection == 0);
            send(open, scene.packets(), scene.fault());
        }
    }

    private void pause(long nanos) {
        waiting = true;
        loop.schedule(
                () -> {
                    waiting = false;
                    next();
                },
                nanos,
                TimeUnit.NANOSECONDS);
    }

    private void send(Channel open, List<SimulatedPacket> packets, @Nullable Fault fault) {
        byte[] bytes = SimulatedPacket.joined(packets);
        sentOnConnection++;
        writing = packets;
        if (fault == Fault.DISCONNECT) {
            cut(open, bytes);
            return;
        }
        endExpected = packets.get(0).damage().endsConnection(run.format());
        if (run.format().isAnswered()) {
            unanswered.addAll(packets);
        }
        PieceWriter.write(open, bytes, fault, random).addListener(result -> {
            if (result.isSuccess() && channel == open) {
                written(open);
            } else {
                open.close();
            }
        });
    }

    private void cut(Channel open, byte[] bytes) {
        endExpected = true;
        byte[] part = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
        writing.forEach(packet -> packet.becomes(ImageFate.CUT));
        run.tally().sent(writing.size(), 0, part.length);
        writing = List.of();
        PieceWriter.write(open, part, null, random).addListener(result -> open.close());
    }

    private void written(Channel open) {
        for (SimulatedPacket packet : writing) {
            run.tally().sent(1, packet.images().size(), packet.bytes().length);
            if (!run.format().isAnswered()) {
                packet.becomes(ImageFate.SENT);
                unconfirmed.add(packet);
            }
        }
        writing = List.of();
        if (endExpected) {
            // A gateway that goes on instead has skipped to the next packet; this camera cannot know and connects
            // again.
            loop.schedule(() -> open.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        next();
    }

    @Override
    public void answered(HttpAnswer answer) {
        int status = answer.status();
        SimulatedPacket packet = unanswered.poll();
        if (packet == null) {
            return;
        }
        run.tally().answer(status);
        if (status >= 200 && status < 300) {
            packet.becomes(ImageFate.ANSWERED);
            long now = System.nanoTime();
            packet.images().forEach(image -> run.tally().latency(image.dueNanos(), now));
        } else if (packet.damage() != Damage.NONE) {
            packet.becomes(ImageFate.DAMAGED);
        } else if (status == 503) {
            sendAgain(packet);
        } else {
            packet.becomes(ImageFate.REFUSED);
        }
        next();
    }

    private void sendAgain(SimulatedPacket packet) {
        if (run.schedule().isOver(System.nanoTime() - GIVE_UP_NANOS)) {
            packet.becomes(ImageFate.LOST);
            return;
        }
        run.tally().resent.increment();
        packet.images().forEach(SentImage::resend);
        again.add(packet);
        if (!waiting) {
            pause(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
    }

    @Override
    public void closed(Channel closed, @Nullable Throwable cause) {
        if (channel != closed) {
            return;
        }
        channel = null;
        boolean lost = !endExpected && !finished;
        if (lost) {
            run.tally().lostConnections.increment();
            unconfirmed.lose();
        }
        if (run.format().isAnswered() && lost) {
            // Not answered, so it is sent again, as cameras do.
            unanswered.forEach(this::sendAgain);
        } else {
            writing.forEach(SimulatedPacket::lose);
            unanswered.forEach(SimulatedPacket::lose);
        }
        unconfirmed.clear();
        writing = List.of();
        unanswered.clear();
        int pauseMillis = lost ? PAUSE_MILLIS : 50 + random.nextInt(450);
        endExpected = false;
        if (finished) {
            run.finished().countDown();
        } else {
            reconnect(pauseMillis);
        }
    }

    private void end() {
        if (finished) {
            return;
        }
        finished = true;
        script.end();
        again.forEach(packet -> packet.becomes(ImageFate.LOST));
        if (channel == null) {
            run.finished().countDown();
        } else {
            channel.close();
        }
    }
}
