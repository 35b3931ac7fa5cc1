package io.framegate.worker;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * A consumer whose refused login does not end its thread. Camel (4.18) makes no new consumer after an
 * {@link AuthenticationException}, so only a restart would notice that the broker knows the password again, or has a
 * new certificate. Used by one thread.
 */
final class RefusedLoginConsumer extends KafkaConsumer<Object, Object> {

    private static final long PAUSE_SECONDS = 5;

    RefusedLoginConsumer(Properties properties) {
        super(properties);
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        try {
            return super.poll(timeout);
        } catch (AuthenticationException e) {
            try {
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            throw new KafkaException("login refused, trying again: " + e.getMessage(), e);
        }
    }
}
