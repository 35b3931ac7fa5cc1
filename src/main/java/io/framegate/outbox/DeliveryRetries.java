package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.Reason;
import io.framegate.outbox.deliver.Refusals;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a delivery that failed is tried again: always while the target is away, a few times if the target itself refused it, some more
 * times if it fails while the target takes others, or one camera's image would hold back those that share its lane. The pauses
 * double. A stop does not wait for the next attempt.
 */
public final class DeliveryRetries extends RedeliveryPolicy implements Predicate {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    /** Property with the reason that was said last, without its numbers. */
    private static final String SAID = "FramegateReasonSaid";

    private static final String OWN_FAILURES = "FramegateOwnFailures";
    private static final String FAILED_AT = "FramegateFailedAt";

    private int refusals = 3;
    private int failures = 20;

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

    /** How often something may fail that the target does not refuse, while it takes other things, before it is given up. */
    public void setFailures(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("framegate.deliver.failures: " + failures + " (expected: >= 1)");
        }
        this.failures = failures;
    }

    /**
     * Whether to try again: for {@code retryWhile}. A predicate, because every step of a route has an error handler, and Camel would
     * look up a bean's method for each.
     */
    @Override
    public boolean matches(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        int attempts = exchange.getIn().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        String reason = failure == null ? "" : Reason.of(failure);
        boolean refused = Refusals.isRefusal(failure);
        log(exchange, reason);
        if (!(exchange.getFromEndpoint() instanceof OutboxEndpoint endpoint)) {
            return !refused || attempts < refusals;
        }
        TargetState target = endpoint.state();
        boolean again = refused ? attempts < refusals : failuresOfItsOwn(exchange, target) < failures;
        target.failed(reason, refused);
        return again;
    }

    /** Says why, once for each reason: what a target answers may change while it is away. */
    private static void log(Exchange exchange, String reason) {
        String kind = reason.replaceAll("[0-9]+", "");
        if (!kind.equals(exchange.getProperty(SAID))) {
            exchange.setProperty(SAID, kind);
            LOG.atWarn()
                    .addKeyValue("route", exchange.getFromRouteId())
                    .addKeyValue("camera", exchange.getIn().getHeader(FramegateHeaders.CAMERA_NAME))
                    .addKeyValue("image", exchange.getIn().getHeader(FramegateHeaders.STORED_PATH))
                    .addKeyValue("reason", reason)
                    .log("not delivered, trying again");
        }
    }

    /** How often it has failed although the target had taken something else since the time before: then the target is not away. */
    private static int failuresOfItsOwn(Exchange exchange, TargetState target) {
        int own = exchange.getProperty(OWN_FAILURES, 0, Integer.class);
        long before = exchange.getProperty(FAILED_AT, Long.MAX_VALUE, Long.class);
        if (target.deliveredSince(before)) {
            own++;
            exchange.setProperty(OWN_FAILURES, own);
        }
        exchange.setProperty(FAILED_AT, System.currentTimeMillis());
        return own;
    }
}
