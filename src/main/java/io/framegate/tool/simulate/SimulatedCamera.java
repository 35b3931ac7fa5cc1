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
 * Sends the packets of one camera when they are due, one after the other as cameras do: with answers, it waits for the
 * answer first. It connects again after the connection is closed, to the next gateway if the connection was lost. A
 * packet that is due while the camera waits is sent late and counts as late.
 *
 * <p>Runs on its event loop.
 */
final class SimulatedCamera implements FrameClient.Listener {

    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int PAUSE_MILLIS = 1000;
    private static final int CLOSE_MILLIS = 3000;

    private final Simulation simulation;
    private final EventLoop loop;
    private final CameraScript script;
    private final Random random;
    private final Deque<SimulatedPacket> unanswered = new ArrayDeque<>();
    private final Deque<SimulatedPacket> again = new ArrayDeque<>();
    private final Unconfirmed unconfirmed = new Unconfirmed();
    private List<SimulatedPacket> writing = List.of();
    private @Nullable Channel channel;
    private int gateway;
    private long sentOnConnection;
    private boolean waiting;
    private boolean endExpected;
    private boolean finished;

    SimulatedCamera(int number, Simulation simulation) {
        this.simulation = simulation;
        this.gateway = number;
        this.loop = simulation.gateway(gateway).nextLoop();
        this.script = new CameraScript(number, simulation);
        this.random = script.random();
    }

    /** Connects. For any thread. */
    void start() {
        loop.execute(this::connect);
    }

    /** Ends a camera that still waits. The fate of its unanswered packets is unknown. For any thread. */
    void abandon() {
        loop.execute(this::end);
    }

    private void connect() {
        if (finished) {
            return;
        }
        ChannelFuture connecting =
                simulation.gateway(gateway).connect(loop, simulation.format().isAnswered(), this);
        connecting.addListener(result -> {
            if (result.isSuccess()) {
                connected(connecting.channel());
            } else {
                simulation.tally().refusedConnections.increment();
                gateway++;
                reconnect(PAUSE_MILLIS);
            }
        });
    }

    private void reconnect(int pauseMillis) {
        if (simulation.schedule().isOver(System.nanoTime())) {
            end();
        } else {
            loop.schedule(this::connect, pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void connected(Channel open) {
        channel = open;
        sentOnConnection = 0;
        simulation.tally().connected.increment();
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
        endExpected = packets.get(0).damage().endsConnection(simulation.format());
        if (simulation.format().isAnswered()) {
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
        simulation.tally().sent(writing.size(), 0, part.length);
        writing = List.of();
        PieceWriter.write(open, part, null, random).addListener(result -> open.close());
    }

    private void written(Channel open) {
        for (SimulatedPacket packet : writing) {
            simulation.tally().sent(1, packet.images().size(), packet.bytes().length);
            if (!simulation.format().isAnswered()) {
                packet.becomes(ImageFate.SENT);
                unconfirmed.add(packet);
            }
        }
        writing = List.of();
        if (endExpected) {
            // A gateway may also skip to the next packet and go on. The camera cannot know, so it connects again.
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
        simulation.tally().answer(status);
        if (status >= 200 && status < 300) {
            packet.becomes(ImageFate.ANSWERED);
            long now = System.nanoTime();
            packet.images().forEach(image -> simulation.tally().latency(image.dueNanos(), now));
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
        if (simulation.schedule().isOver(System.nanoTime() - GIVE_UP_NANOS)) {
            packet.becomes(ImageFate.LOST);
            return;
        }
        simulation.tally().resent.increment();
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
            simulation.tally().lostConnections.increment();
            gateway++;
            unconfirmed.lose();
        }
        if (simulation.format().isAnswered() && lost) {
            // Cameras send an unanswered packet again.
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
            simulation.finished().countDown();
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
            simulation.finished().countDown();
        } else {
            channel.close();
        }
    }
}
