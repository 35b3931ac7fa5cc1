package io.framegate.tool.simulate;

import io.framegate.wire.FrameEncoding;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** What the cameras of a run share. */
record Run(
        InetSocketAddress gateway,
        FrameEncoding format,
        Schedule schedule,
        Set<Fault> faults,
        long seed,
        PacketMaker packets,
        Tally tally,
        CountDownLatch finished) {}
