package io.framegate.watch;

import io.framegate.store.StorageWatch;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Health check {@code framegate-storage}: down while images cannot be stored. Part of the readiness. */
public final class StorageHealth extends AbstractHealthCheck {

    private final StorageWatch watch;

    /** Reports the state of this watch. */
    public StorageHealth(StorageWatch watch) {
        super("framegate", "framegate-storage");
        this.watch = watch;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String problem = watch.problem();
        if (problem == null) {
            builder.up();
        } else {
            builder.message("images cannot be stored: " + problem).down();
        }
    }
}
