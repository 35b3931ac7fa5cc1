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
 * Decides whether a delivery that failed is tried again: always while the target is away, a few times if the target
 * refuses it, and some more times if it fails while the target takes others, because it holds back the other images of
 * its lane. The pauses double. A stop does not wait for the next attempt.
 */
public final class DeliveryRetries extends RedeliveryPolicy implements Predicate {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    /** Property with the reason that was logged last, without its numbers. */
    private static final String SAID = "FramegateReasonSaid";

    private static final String OWN_FAILURES = "FramegateOwnFailures";
    private static final String FAILED_AT = "FramegateFailedAt";

    private int refusals = 3;
    private int failures = 20;

    /** Turns Camel's log off: this logs the first failure, and the outbox what it sets aside. */
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

    /** How many times a target refuses an image before the image is set aside. */
    public void setRefusals(int refusals) {
        this.refusals = refusals;
    }

    /** How many times an image fails while the target takes others before the image is set aside. */
    public void setFailures(int failures) {
        this.failures = failures;
    }

    /**
     * For {@code retryWhile}: whether to try again. A predicate, because each step has an error handler, and for each
     * of them Camel would look up a bean's method.
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

    /** Logs each reason once: the answers of a target may change while it is away. */
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

    /** The number of failures between which the target took another image. It was not away then. */
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
