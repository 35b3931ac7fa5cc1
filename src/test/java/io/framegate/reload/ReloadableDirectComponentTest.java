package io.framegate.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReloadableDirectComponentTest {

    private static final int THREADS = 2;

    private final CamelContext context = new DefaultCamelContext();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @BeforeEach
    void start() {
        context.addComponent("direct", new ReloadableDirectComponent());
        context.start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        context.stop();
    }

    /** Of Camel's own component, a thread in some thousand changes is given the consumer before. */
    @Test
    void noThreadMeetsTheConsumerThatWasReplaced() throws Exception {
        Endpoint endpoint = context.getEndpoint("direct:back");
        Producer producer = endpoint.createProducer();
        producer.start();
        Phaser together = new Phaser(THREADS);
        for (int change = 0; change < 20_000; change++) {
            int expected = change;
            Consumer consumer =
                    endpoint.createConsumer(exchange -> exchange.getMessage().setBody(expected));
            consumer.start();
            List<Future<Object>> answers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                answers.add(threads.submit(() -> {
                    Exchange exchange = endpoint.createExchange();
                    together.arriveAndAwaitAdvance();
                    producer.process(exchange);
                    return exchange.getMessage().getBody();
                }));
            }
            for (Future<Object> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
            consumer.stop();
        }
    }

    @Test
    void optionsOfTheEndpointAndTheComponentApply() {
        context.getComponent("direct", ReloadableDirectComponent.class).setTimeout(7);
        assertThat(context.getEndpoint("direct:nobody?failIfNoConsumers=false"))
                .hasFieldOrPropertyWithValue("timeout", 7L)
                .hasFieldOrPropertyWithValue("failIfNoConsumers", false);
    }
}
