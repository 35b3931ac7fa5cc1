package io.framegate.worker;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.Reason;
import io.framegate.outbox.DoublingRetries;
import java.time.Duration;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a step of a worker again, with pauses that double, while a resource of the step is away: the place of the
 * image, this machine's disk, or the broker. Later documents wait, so a camera's images keep their order. A stop does
 * not wait for the next attempt.
 *
 * <p>A Kafka consumer must poll from time to time, because workers that join or leave the group wait for it. So the
 * retries end after some time. Nothing is committed then, and the consumer reads the document again.
 */
public final class WorkerRetries extends DoublingRetries implements Predicate {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.worker");

    /** Property with the reason that was logged last, without its numbers. */
    private static final String SAID = "FramegateReasonSaid";

    /** The consumer has lost its partition, or is about to lose it, so no other attempt can commit. */
    private static final Set<String> LOST = Set.of(
            "org.apache.kafka.clients.consumer.CommitFailedException",
            "org.apache.kafka.common.errors.RebalanceInProgressException");

    private long longestMillis = Long.MAX_VALUE;
    private final transient WorkerMeter meter;

    public WorkerRetries(WorkerMeter meter) {
        this.meter = meter;
    }

    /**
     * The time after which the retries end and the consumer polls again. Without it, an image is tried until it is
     * stored.
     */
    public void setLongest(Duration longest) {
        longestMillis = longest.toMillis();
    }

    @Override
    public boolean matches(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        meter.waits(exchange);
        String reason = failure == null ? "" : Reason.of(failure);
        String kind = reason.replaceAll("[0-9]+", "");
        if (!kind.equals(exchange.getProperty(SAID))) {
            exchange.setProperty(SAID, kind);
            LOG.atWarn()
                    .addKeyValue("worker", exchange.getVariable(DocumentReader.WORKER))
                    .addKeyValue("camera", exchange.getMessage().getHeader(FramegateHeaders.CAMERA_NAME))
                    .addKeyValue("delivery", exchange.getVariable(DocumentReader.DELIVERY_ID))
                    .addKeyValue("reason", reason)
                    .log("not stored yet, trying again");
        }
        return exchange.getClock().elapsed() < longestMillis
                && !(failure != null && LOST.contains(failure.getClass().getName()));
    }
}
