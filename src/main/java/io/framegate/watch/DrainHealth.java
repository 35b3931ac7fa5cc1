package io.framegate.watch;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health check {@code framegate-drain}: down as soon as the gateway accepts no new connection, so that balancers choose
 * other gateways. Part of the readiness. Thread-safe.
 */
public final class DrainHealth extends AbstractHealthCheck {

    private volatile boolean draining;

    public DrainHealth() {
        super("framegate", "framegate-drain");
    }

    /** Reports down from now on. */
    public void begin() {
        draining = true;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (draining) {
            builder.message("the gateway drains: it takes no new connection, and ends when all is delivered")
                    .down();
        } else {
            builder.up();
        }
    }
}
