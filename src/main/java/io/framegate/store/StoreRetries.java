package io.framegate.store;

import io.framegate.store.disk.DiskSpace;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when an image that could not be stored is retried: a few times after growing pauses, or until the
 * disk has space if it is full. This is a bean because a {@code redeliveryPolicy} in a YAML route only accepts
 * milliseconds without a unit, and reports a wrong value only at the first failure.
 */
public final class StoreRetries extends RedeliveryPolicy implements Predicate {

    private static final long serialVersionUID = 1;

    /** Replaces the growing pauses, so that the retries notice soon that the disk has space. */
    private static final long FULL_DISK_PAUSE_MILLIS = 1000;

    private static final String FAILURES = "FramegateStoreFailures";

    /**
     * Property with the longest time in milliseconds from the beginning of the exchange, after which nothing is
     * retried. Without it, the retries on a full disk have no such limit.
     */
    private static final String PATIENCE = "FramegateStorePatience";

    private int retries = 5;
    private transient @Nullable DiskSpace disk;
    private transient @Nullable StorageWatch watch;

    /** Doubles the pauses up to 10 seconds and logs no attempt; the event's line in the log reports the outcome. */
    public StoreRetries() {
        setUseExponentialBackOff(true);
        setBackOffMultiplier(2);
        setMaximumRedeliveryDelay(10_000);
        setLogRetryAttempted(false);
        setLogExhausted(false);
        setLogStackTrace(false);
    }

    /** Sets the first pause. */
    public void setDelay(Duration delay) {
        setRedeliveryDelay(delay.toMillis());
    }

    /** Sets the number of retries on a disk that is not full. */
    public void setRetries(int retries) {
        this.retries = retries;
    }

    /** Sets the watch of the disks, which knows whether a disk is full. */
    public void setDisk(DiskSpace disk) {
        this.disk = disk;
    }

    /** Sets the watch of the directories, which knows the reason for which images cannot be stored. */
    public void setWatch(StorageWatch watch) {
        this.watch = watch;
    }

    /**
     * Whether to retry, for {@code retryWhile}. Camel would look up a bean's method for the error handler of each step;
     * it uses a predicate as it is.
     */
    @Override
    public boolean matches(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        boolean again = retries(exchange, failure);
        if (!again && watch != null && failure != null) {
            watch.failed(failure);
        }
        return again;
    }

    private boolean retries(Exchange exchange, @Nullable Exception failure) {
        if (failure instanceof NotForcedException) {
            // The producer has deleted the image, and a second force could not be trusted.
            return false;
        }
        if (disk != null && disk.isReasonOf(failure)) {
            exchange.getIn().setHeader(Exchange.REDELIVERY_DELAY, FULL_DISK_PAUSE_MILLIS);
            return disk.mayWait()
                    && exchange.getClock().elapsed() < exchange.getProperty(PATIENCE, Long.MAX_VALUE, Long.class);
        }
        exchange.getIn().removeHeader(Exchange.REDELIVERY_DELAY);
        int failures = exchange.getProperty(FAILURES, 0, Integer.class) + 1;
        exchange.setProperty(FAILURES, failures);
        return failures <= retries;
    }
}
