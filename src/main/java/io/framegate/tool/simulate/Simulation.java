package io.framegate.tool.simulate;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs the cameras on one group of event loops until all have sent what was due. */
final class Simulation {

    private static final int TRIES = 10;
    private static final long TRY_AGAIN_MILLIS = 500;
    private static final int CONNECT_MILLIS = 5000;
    private static final long PROGRESS_SECONDS = 5;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Run run;
    private final Progress progress;

    Simulation(Run run, Progress progress) {
        this.run = run;
        this.progress = progress;
    }

    /** Whether it listens. */
    static boolean isThere(InetSocketAddress gateway) {
        try (Socket socket = new Socket()) {
            socket.connect(gateway, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits for the gateway; throws if it does not come. */
    static void awaitGateway(InetSocketAddress gateway) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try (Socket socket = new Socket()) {
                socket.connect(gateway, CONNECT_MILLIS);
                return;
            } catch (IOException e) {
                if (tried == TRIES) {
                    throw new IOException(
                            "gateway " + gateway.getHostString() + ":" + gateway.getPort() + ": " + e.getMessage()
                                    + ", " + TRIES + " times (expected: a gateway that listens there)",
                            e);
                }
            }
            CountDownLatch never = new CountDownLatch(1);
            if (never.await(TRY_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /** Runs to the end; how long it took, in nanoseconds. */
    long run() throws InterruptedException {
        EventLoopGroup group =
                new NioEventLoopGroup(Math.min(4, Runtime.getRuntime().availableProcessors()));
        try {
            Bootstrap bootstrap = new Bootstrap()
                    .channel(NioSocketChannel.class)
                    .remoteAddress(run.gateway())
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
            List<SimulatedCamera> cameras = new ArrayList<>();
            for (int number = 0; number < run.schedule().cameras(); number++) {
                cameras.add(new SimulatedCamera(number, run, group.next(), bootstrap));
            }
            cameras.forEach(SimulatedCamera::start);
            boolean patient = true;
            while (!run.finished().await(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
                progress.print();
                if (patient && run.schedule().isOver(System.nanoTime() - GRACE_NANOS)) {
                    patient = false;
                    cameras.forEach(SimulatedCamera::abandon);
                }
            }
            return System.nanoTime() - run.schedule().startNanos();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
        }
    }
}
