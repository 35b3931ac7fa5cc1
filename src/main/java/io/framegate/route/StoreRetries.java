package io.framegate.route;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How often, and after what growing pauses, an image that could not be stored is tried again. A bean of its own, because a
 * {@code redeliveryPolicy} written in a route takes bare milliseconds only, and says so no sooner than at the first failure.
 */
public final class StoreRetries extends RedeliveryPolicy {

    private static final long serialVersionUID = 1;

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

    @Override
    public boolean shouldRedeliver(Exchange exchange, int redeliveryCounter, @Nullable Predicate retryWhile) {
        return exchange.getException(NotForcedException.class) == null
                && super.shouldRedeliver(exchange, redeliveryCounter, retryWhile);
    }

    /** How many times. */
    public void setRetries(int retries) {
        setMaximumRedeliveries(retries);
    }
}
