package io.framegate.outbox.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RabbitDestinationTest {

    @ParameterizedTest
    @ValueSource(strings = {"/amq/queue/images", "/exchange/amq.direct/images", "/topic/images"})
    void destinationForWhichRabbitmq3MakesNoQueueMayLose(String destination) {
        assertThat(RabbitDestination.mayLose("amqps://rabbit.example:5671", destination))
                .isTrue();
        assertThat(RabbitDestination.mayLose("tcp://artemis.example:61616", destination))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"images", "/queue/images", "/queues/images", "topic:images", ""})
    void otherDestinationsLoseNothing(String destination) {
        assertThat(RabbitDestination.mayLose("amqp://rabbit.example:5672", destination))
                .isFalse();
    }
}
