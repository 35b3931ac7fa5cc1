package io.framegate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerHealthTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ListenerHealth health = new ListenerHealth(context);

    @BeforeEach
    void start() {
        health.setCamelContext(context);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void listen() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("netty:tcp://127.0.0.1:0?sync=false")
                        .routeId("receive-cameras")
                        .to("log:packets");
            }
        });
    }

    @Test
    void upWhileItsRouteRuns() throws Exception {
        listen();
        assertThat(health.call(Map.of()).getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void downWithItsAddressWhileItsRouteIsStoppedAndUpAgain() throws Exception {
        listen();
        context.getRouteController().stopRoute("receive-cameras");
        HealthCheck.Result down = health.call(Map.of());
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage())
                .hasValue("cameras cannot connect to receive-cameras 127.0.0.1:0: the route is stopped");
        context.getRouteController().startRoute("receive-cameras");
        assertThat(health.call(Map.of()).getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void downWhileARouteThatImagesGoThroughIsMissing() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("netty:tcp://127.0.0.1:0?sync=false")
                        .routeId("receive-cameras")
                        .to("direct:store-image");
                from("direct:store-image").routeId("store-image").to("log:stored");
            }
        });
        assertThat(health.call(Map.of()).getState()).isEqualTo(HealthCheck.State.UP);
        context.getRouteController().stopRoute("store-image");
        context.removeRoute("store-image");
        HealthCheck.Result down = health.call(Map.of());
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage()).hasValueSatisfying(message -> assertThat(message)
                .startsWith("no route reads from direct://store-image"));
    }

    @Test
    void downWithoutAny() {
        HealthCheck.Result down = health.call(Map.of());
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage()).hasValue("no route listens: cameras cannot connect");
        assertThat(health.isReadiness()).isTrue();
    }
}
