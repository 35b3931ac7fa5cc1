package io.framegate.worker;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/** Commits a record that is stored, known, or among the dead letters. Thread-safe. */
public final class KafkaCommit implements Processor {

    private static final String COMMIT = "CamelKafkaManualCommit";

    @Override
    public void process(Exchange exchange) {
        if (ReceivedMessage.of(exchange).headers().get(COMMIT) instanceof KafkaManualCommit commit) {
            commit.commit();
        } else {
            throw new IllegalStateException("record: not committed (expected: allowManualCommit=true)");
        }
    }
}
