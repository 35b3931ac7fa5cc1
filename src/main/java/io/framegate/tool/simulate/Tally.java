package io.framegate.tool.simulate;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The counters of a run. Thread-safe. */
final class Tally {

    final LongAdder packets = new LongAdder();
    final LongAdder images = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder connected = new LongAdder();
    final LongAdder refusedConnections = new LongAdder();
    final LongAdder lostConnections = new LongAdder();
    final LongAdder resent = new LongAdder();
    final LongAdder neverSent = new LongAdder();
    private final Map<String, LongAdder> faults = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final Histogram latency = new ConcurrentHistogram(3);

    void sent(int packetsMore, int imagesMore, int bytesMore) {
        packets.add(packetsMore);
        images.add(imagesMore);
        bytes.add(bytesMore);
    }

    void fault(String name) {
        faults.computeIfAbsent(name, key -> new LongAdder()).increment();
    }

    void answer(int status) {
        answers.computeIfAbsent(status, key -> new LongAdder()).increment();
    }

    /** Records the time from when an image was due until it was answered, or its file seen. */
    void latency(long dueNanos, long now) {
        latency.recordValue(Math.max(0, now - dueNanos) / 1000);
    }

    /** Returns the latencies in microseconds. */
    Histogram latency() {
        return latency;
    }

    Map<String, Long> faults() {
        Map<String, Long> counts = new TreeMap<>();
        faults.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    Map<Integer, Long> answers() {
        Map<Integer, Long> counts = new TreeMap<>();
        answers.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }
}
