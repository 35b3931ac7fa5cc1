package io.framegate.outbox;

import java.time.Duration;
import org.apache.camel.LoggingLevel;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/** Pauses that double, for routes that try again without limit. Camel logs no attempt; the subclass does. */
public abstract class DoublingRetries extends RedeliveryPolicy {

    private static final long serialVersionUID = 1;

    protected DoublingRetries() {
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
}
