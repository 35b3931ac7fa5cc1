package io.framegate.outbox;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a delivery that failed is tried again: always while the target is away, a few times if the target itself refused it. The
 * pauses double. A stop does not wait for the next attempt.
 */
public final class DeliveryRetries extends RedeliveryPolicy implements Predicate {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private int refusals = 3;

    /** Says the first failure itself; the outbox says what it sets aside. */
    public DeliveryRetries() {
        setUseExponentialBackOff(true);
        setBackOffMultiplier(2);
        setAllowRedeliveryWhileStopping(false);
        setRetryAttemptedLogLevel(LoggingLevel.DEBUG);
        setLogExhausted(false);
        setLogStackTrace(false);
    }

    /** The first pause. */
    public void setDelay(Duration delay) {
        setRedeliveryDelay(delay.toMillis());
    }

    /** The longest pause. */
    public void setMaxDelay(Duration delay) {
        setMaximumRedeliveryDelay(delay.toMillis());
    }

    /** How often a target may refuse an image before it is given up. */
    public void setRefusals(int refusals) {
        if (refusals < 1) {
            throw new IllegalArgumentException("framegate.deliver.refusals: " + refusals + " (expected: >= 1)");
        }
        this.refusals = refusals;
    }

    /** Whether to try again: for {@code retryWhile}, of which every step of a route has one, so a bean's method would be looked up often. */
    @Override
    public boolean matches(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        int attempts = exchange.getIn().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        if (attempts <= 1) {
            LOG.atWarn()
                    .addKeyValue("route", exchange.getFromRouteId())
                    .addKeyValue("reason", failure == null ? "" : Reason.of(failure))
                    .log("not delivered, trying again");
        }
        return !Refusals.isRefusal(failure) || attempts < refusals;
    }
}
