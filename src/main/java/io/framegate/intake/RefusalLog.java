package io.framegate.intake;

import io.framegate.log.LogLimit;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Counts connections that end before their first packet could begin, and logs why. Thread-safe. */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.connections");

    private final ConnectionCount count;
    private final LogLimit lines = new LogLimit();

    RefusalLog(ConnectionCount count) {
        this.count = count;
    }

    /** Counts and logs the peer's connection; the caller closes it. */
    void refused(Channel channel, String what, String reason) {
        count.refuse();
        lines.log(Peers.host(channel), suppressed -> {
            LoggingEventBuilder line =
                    LOG.atWarn().addKeyValue("peer", Peers.address(channel)).addKeyValue("reason", reason);
            (suppressed == 0 ? line : line.addKeyValue("suppressed", suppressed)).log(what);
        });
    }
}
