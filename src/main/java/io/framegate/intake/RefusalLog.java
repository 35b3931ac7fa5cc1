package io.framegate.intake;

import io.netty.channel.Channel;
import org.slf4j.event.Level;

/** Counts refused connections, and logs the reasons. Thread-safe. */
final class RefusalLog {

    private final ConnectionCount count;
    private final ConnectionLog log;

    RefusalLog(ConnectionCount count, ConnectionLog log) {
        this.count = count;
        this.log = log;
    }

    /** Counts and logs the peer's connection; the caller closes it. */
    void refused(Channel channel, Refusal refusal, String what, String reason) {
        count.refuse(refusal);
        log.log(channel, Level.WARN, what, line -> line.addKeyValue("reason", reason));
    }
}
