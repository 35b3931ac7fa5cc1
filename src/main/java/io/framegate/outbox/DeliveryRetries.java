package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.Reason;
import io.framegate.outbox.deliver.Refusals;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Decides whether a delivery that failed is tried again. The pauses double. A stop does not wait for the next attempt.
 *
 * <pre>
 * the target is away                                   always
 * it refuses, and accepted nothing since the start     always: a wrong directory, path or method
 * it refuses, and has accepted something               a few times
 * it refuses because of the length                     a few times
 * it fails while the target accepts others             some more times: it holds back the others of its lane
 * it refuses the login                                 always, after a long pause, in {@link Delivery}
 * </pre>
 */
public final class DeliveryRetries extends DoublingRetries implements Predicate {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    /** Property with the reason that was logged last, without its numbers. */
    private static final String SAID = "FramegateReasonSaid";

    private static final String OWN_FAILURES = "FramegateOwnFailures";
    private static final String FAILED_AT = "FramegateFailedAt";
    private static final String OWN_REFUSALS = "FramegateOwnRefusals";
    private static final String REFUSED_AT = "FramegateRefusedAt";

    /** Property that is set if the target refused the login: {@link Delivery} tries again. */
    static final String LOGIN_REFUSED = "FramegateLoginRefused";

    /** The log repeats its advice after this number of attempts: about ten minutes with the default pauses. */
    private static final int SAY_AGAIN = 60;

    private int refusals = 3;
    private int failures = 20;
    private Duration loginDelay = Duration.ofMinutes(3);

    /** The pause after the target refused the login. */
    public void setLoginDelay(Duration delay) {
        loginDelay = delay;
    }

    /** The number of refusals after which an image is set aside. */
    public void setRefusals(int refusals) {
        this.refusals = refusals;
    }

    /** The number of failures after which an image is set aside while the target accepts other images. */
    public void setFailures(int failures) {
        this.failures = failures;
    }

    /**
     * Whether to try again, for {@code retryWhile}. This is a predicate, because Camel would look up a bean's method
     * for the error handler of each step.
     */
    @Override
    public boolean matches(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        int attempts = exchange.getIn().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        boolean refused = Refusals.isRefusal(failure);
        if (!(exchange.getFromEndpoint() instanceof OutboxEndpoint endpoint)) {
            log(exchange, failure == null ? "" : Reason.of(failure));
            return !refused || attempts < refusals;
        }
        TargetState target = endpoint.state();
        String reason = failure == null ? "" : endpoint.reason(failure);
        log(exchange, reason);
        if (Refusals.isLogin(failure)) {
            exchange.setProperty(LOGIN_REFUSED, true);
            target.loginRefused(reason, loginDelay);
            warn(exchange, endpoint, reason)
                    .addKeyValue("pause", loginDelay)
                    .log("login refused: one try, then a pause, so that the target bans nobody");
            return false;
        }
        if (!refused) {
            boolean again = failuresOfItsOwn(exchange, target) < failures;
            target.away(reason);
            return again;
        }
        if (target.isTaking() || Refusals.isTooLong(failure)) {
            target.refused();
            return counted(exchange, OWN_REFUSALS) < refusals;
        }
        target.refusesAll(reason);
        return waits(exchange, endpoint, attempts, reason);
    }

    /** Returns false if the operator has chosen to set refused images aside. */
    private boolean waits(Exchange exchange, OutboxEndpoint endpoint, int attempts, String reason) {
        long since = exchange.getProperty(REFUSED_AT, System.currentTimeMillis(), Long.class);
        exchange.setProperty(REFUSED_AT, since);
        if (endpoint.state().isGivenUp(since)) {
            return false;
        }
        if (attempts == refusals || attempts % SAY_AGAIN == 0) {
            String target = endpoint.getTarget();
            warn(exchange, endpoint, reason)
                    .log("nothing is set aside: the target has taken nothing since the start, so that its directory,"
                            + " path or method may be wrong (expected: framegate.deliver." + target
                            + ".* as the target needs them; if only this is wrong: framegate outbox --set-aside "
                            + target + ")");
        }
        return true;
    }

    private static LoggingEventBuilder warn(Exchange exchange, OutboxEndpoint endpoint, String reason) {
        return LOG.atWarn()
                .addKeyValue("target", endpoint.getTarget())
                .addKeyValue("image", exchange.getIn().getHeader(FramegateHeaders.STORED_PATH))
                .addKeyValue("reason", reason);
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

    /** Counts in a property of the exchange. */
    private static int counted(Exchange exchange, String property) {
        int count = exchange.getProperty(property, 0, Integer.class) + 1;
        exchange.setProperty(property, count);
        return count;
    }

    /**
     * The number of failures after which the target accepted another image before the next failure, so it was not away.
     */
    private static int failuresOfItsOwn(Exchange exchange, TargetState target) {
        long before = exchange.getProperty(FAILED_AT, Long.MAX_VALUE, Long.class);
        exchange.setProperty(FAILED_AT, System.currentTimeMillis());
        return target.deliveredSince(before)
                ? counted(exchange, OWN_FAILURES)
                : exchange.getProperty(OWN_FAILURES, 0, Integer.class);
    }
}
