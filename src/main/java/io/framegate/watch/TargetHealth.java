package io.framegate.watch;

import io.framegate.outbox.Outbox;
import io.framegate.outbox.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health check: down while a target is unreachable, or refuses everything. Not part of the readiness, because cameras
 * are served and images wait in the outbox. Reports the outcome of the last attempts to deliver; makes no attempt
 * itself.
 */
public final class TargetHealth extends AbstractHealthCheck {

    private final Outbox outbox;
    private final String target;

    public TargetHealth(Outbox outbox, String target) {
        super("framegate", "framegate-target-" + target);
        this.outbox = outbox;
        this.target = target;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("waiting", outbox.waiting(target));
        TargetState.Absence absence = outbox.state(target).absence();
        if (absence == null) {
            builder.up();
            return;
        }
        builder.detail("since", absence.since().truncatedTo(ChronoUnit.SECONDS).toString());
        builder.message(target + (absence.refusing() ? " has refused everything for " : " has been away for ")
                        + Duration.between(absence.since(), Instant.now()).toSeconds() + " s, "
                        + outbox.waiting(target) + " images and events wait for it: " + absence.reason())
                .down();
    }
}
