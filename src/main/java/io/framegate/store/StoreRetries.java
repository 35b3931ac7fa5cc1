package io.framegate.store;

import io.framegate.store.disk.DiskSpace;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How often, and after what growing pauses, an image that could not be stored is tried again: a few times, but on a full disk for as
 * long as it is full. A bean of its own, because a {@code redeliveryPolicy} written in a route takes bare milliseconds only, and says
 * so no sooner than at the first failure.
 */
public final class StoreRetries extends RedeliveryPolicy implements Predicate {

    private static final long serialVersionUID = 1;

    /** So that it goes on soon after there is space, whatever the pauses have grown to. */
    private static final long FULL_DISK_PAUSE_MILLIS = 1000;

    private static final String FAILURES = "FramegateStoreFailures";

    private int retries = 5;
    private transient @Nullable DiskSpace disk;

    /** Pauses that double, up to 10 seconds; nothing logged but the outcome. */
    public StoreRetries() {
        setUseExponentialBackOff(true);
        setBackOffMultiplier(2);
        setMaximumRedeliveryDelay(10_000);
        setLogRetryAttempted(false);
        setLogExhausted(false);
        setLogStackTrace(false);
    }

    /** The first pause. */
    public void setDelay(Duration delay) {
        setRedeliveryDelay(delay.toMillis());
    }

    /** How many times. */
    public void setRetries(int retries) {
        this.retries = retries;
    }

    /** Knows whether the disk is full. */
    public void setDisk(DiskSpace disk) {
        this.disk = disk;
    }

    /**
     * Whether to try again: for {@code retryWhile}. A predicate, because every step of a route has an error handler, and Camel would
     * look up a bean's method for each.
     */
    @Override
    public boolean matches(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof NotForcedException) {
            // The image is taken back; there is nothing left to force.
            return false;
        }
        if (disk != null && disk.isReasonOf(failure)) {
            exchange.getIn().setHeader(Exchange.REDELIVERY_DELAY, FULL_DISK_PAUSE_MILLIS);
            return disk.mayWait();
        }
        exchange.getIn().removeHeader(Exchange.REDELIVERY_DELAY);
        int failures = exchange.getProperty(FAILURES, 0, Integer.class) + 1;
        exchange.setProperty(FAILURES, failures);
        return failures <= retries;
    }
}
