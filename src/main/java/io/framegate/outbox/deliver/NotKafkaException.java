package io.framegate.outbox.deliver;

import org.apache.kafka.common.KafkaException;

/** Reports that the port of a broker speaks another protocol than Kafka's. */
final class NotKafkaException extends KafkaException {

    private static final long serialVersionUID = 1;

    private final String address;
    private final String protocol;

    NotKafkaException(String address, String protocol) {
        super(address + " speaks " + protocol);
        this.address = address;
        this.protocol = protocol;
    }

    String address() {
        return address;
    }

    boolean isTls() {
        return protocol.equals("TLS");
    }
}
