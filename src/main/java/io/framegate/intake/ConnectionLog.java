package io.framegate.intake;

import io.framegate.log.LogLimit;
import io.netty.channel.Channel;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs the events of connections, with one limit on the lines of each peer. Thread-safe. */
final class ConnectionLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.connections");

    private final LogLimit lines = new LogLimit();

    /** Logs a line about a connection; {@code more} adds keys to it. */
    void log(Channel channel, Level level, String what, UnaryOperator<LoggingEventBuilder> more) {
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        lines.log(Peers.host(channel), suppressed -> {
            LoggingEventBuilder line = more.apply(LOG.atLevel(level).addKeyValue("peer", Peers.address(channel)));
            (suppressed == 0 ? line : line.addKeyValue("suppressed", suppressed)).log(what);
        });
    }
}
