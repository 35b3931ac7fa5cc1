package io.framegate.log;

import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.camel.support.LRUCacheFactory;

/**
 * Logs at most ten lines a second for each remote address, so that a peer that sends garbage cannot fill the disk. The
 * next line contains the number of suppressed lines. Remembers the last 1024 addresses. Thread-safe.
 */
public final class LogLimit {

    private static final int LINES_A_SECOND = 10;
    private static final int MAX_REMOTES = 1024;

    private static final class Remote {
        private long second;
        private int lines;
        private long suppressed;
    }

    private final Map<String, Remote> remotes = LRUCacheFactory.newLRUCache(MAX_REMOTES);

    /** Logs the line, or counts it as suppressed; {@code line} gets the number of lines suppressed before it. */
    public void log(String host, LongConsumer line) {
        long suppressed;
        synchronized (remotes) {
            Remote remote = remotes.computeIfAbsent(host, h -> new Remote());
            long second = System.nanoTime() / 1_000_000_000;
            if (second != remote.second) {
                remote.second = second;
                remote.lines = 0;
            }
            if (++remote.lines > LINES_A_SECOND) {
                remote.suppressed++;
                return;
            }
            suppressed = remote.suppressed;
            remote.suppressed = 0;
        }
        line.accept(suppressed);
    }
}
