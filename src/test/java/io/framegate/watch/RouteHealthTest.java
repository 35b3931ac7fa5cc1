package io.framegate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.reload.RouteProblem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteHealthTest {

    private List<RouteProblem> refused = List.of();
    private final RouteHealth health = new RouteHealth(() -> refused);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void context() {
        health.setCamelContext(new DefaultCamelContext());
        health.bindTo(metrics);
    }

    private double gauge() {
        return metrics.get("framegate.routes.refused").gauge().value();
    }

    @Test
    void upWhileNoFileIsRefused() {
        assertThat(health.call(Map.of()).getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(gauge()).isZero();
    }

    @Test
    void downWithEachFileWhileOneIsRefusedAndNotPartOfTheReadiness() {
        refused = List.of(
                new RouteProblem("a.camel.yaml", 7, null, "bean x: not found"),
                new RouteProblem("b.camel.yaml", 9, 3, "Unknown node id: y"));
        HealthCheck.Result down = health.call(Map.of());
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage())
                .hasValue(
                        "the next start would fail, the routes from before the edit keep running:"
                                + " a.camel.yaml, line 7: bean x: not found; b.camel.yaml, line 9, column 3: Unknown node id: y");
        assertThat(gauge()).isEqualTo(2);
        assertThat(health.isReadiness()).isFalse();
        refused = List.of();
        assertThat(health.call(Map.of()).getState()).isEqualTo(HealthCheck.State.UP);
    }
}
