package io.framegate.intake;

import io.framegate.event.RejectedPacket;
import io.framegate.intake.memory.Holding;
import io.framegate.log.LogLimit;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the rejects that wait to be logged and kept, so that thousands of them use neither the memory nor the time of
 * packets. Thread-safe.
 */
final class RejectLimit {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.rejected");

    private static final int MOST = 256;

    private final long mostBytes;
    private final LogLimit lines = new LogLimit();
    private final LongAdder dropped = new LongAdder();
    private int waiting;
    private long bytes;

    RejectLimit(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Lets a reject enter the routes, or counts it as dropped. A reject that enters must {@link #leave}. */
    boolean tryEnter(Channel channel, RejectedPacket rejected) {
        long cost = Holding.cost(rejected);
        synchronized (this) {
            if (waiting == 0 || (waiting < MOST && bytes + cost <= mostBytes)) {
                waiting++;
                bytes += cost;
                return true;
            }
        }
        dropped.increment();
        lines.log(Peers.host(channel), suppressed -> LOG.atWarn()
                .addKeyValue("peer", Peers.address(channel, rejected))
                .addKeyValue("reason", rejected.reason().tag())
                .addKeyValue("suppressed", suppressed)
                .log("rejected, and not kept: too many rejects at a time"));
        return false;
    }

    synchronized void leave(RejectedPacket rejected) {
        waiting--;
        bytes -= Holding.cost(rejected);
    }

    long dropped() {
        return dropped.sum();
    }
}
