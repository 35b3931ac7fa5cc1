package io.framegate.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Counts the documents that workers receive, by outcome, and measures the age of the oldest document in work.
 * Thread-safe.
 */
public final class WorkerMeter {

    private static final String STORED = "stored";
    private static final String DUPLICATE = "duplicate";
    private static final String EVENT = "event";
    private static final String DEAD_LETTER = "dead-letter";
    private static final String WAITING = "waiting";

    private final MeterRegistry registry;

    /** The times at which the broker got the documents in work, in milliseconds since 1970, by worker and exchange. */
    private final Map<String, Map<String, Long>> inWork = new ConcurrentHashMap<>();

    public WorkerMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers the meters of a worker. */
    void add(String worker) {
        for (String outcome : List.of(STORED, DUPLICATE, EVENT, DEAD_LETTER, WAITING)) {
            counter(worker, outcome);
        }
        Map<String, Long> sent = inWork.computeIfAbsent(worker, name -> new ConcurrentHashMap<>());
        TimeGauge.builder("framegate.worker.oldest.age", sent, TimeUnit.MILLISECONDS, all -> age(all.values()))
                .description("How long ago the oldest document in work was sent to the broker; 0 without one")
                .tag("worker", worker)
                .register(registry);
    }

    private static double age(Collection<Long> sent) {
        long now = System.currentTimeMillis();
        return sent.stream().mapToLong(at -> Math.max(0, now - at)).max().orElse(0);
    }

    private Counter counter(String worker, String outcome) {
        return Counter.builder("framegate.worker.documents")
                .description("Documents by outcome; waiting: failed attempts that are repeated")
                .tag("worker", worker)
                .tag("outcome", outcome)
                .register(registry);
    }

    /** Begins the work on a document. The work ends with the exchange. */
    void begin(Exchange exchange) {
        Map<String, Long> sent = inWork.computeIfAbsent(worker(exchange), name -> new ConcurrentHashMap<>());
        long at = exchange.getMessage().getMessageTimestamp();
        sent.put(exchange.getExchangeId(), at > 0 ? at : System.currentTimeMillis());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                sent.remove(done.getExchangeId());
            }
        });
    }

    private static String worker(Exchange exchange) {
        return exchange.getVariable(DocumentReader.WORKER, "", String.class);
    }

    public void stored(Exchange exchange) {
        counter(worker(exchange), STORED).increment();
    }

    public void duplicate(Exchange exchange) {
        counter(worker(exchange), DUPLICATE).increment();
    }

    /** Counts an event without an image. */
    public void event(Exchange exchange) {
        counter(worker(exchange), EVENT).increment();
    }

    public void deadLetter(Exchange exchange) {
        counter(worker(exchange), DEAD_LETTER).increment();
    }

    void waits(Exchange exchange) {
        counter(worker(exchange), WAITING).increment();
    }
}
