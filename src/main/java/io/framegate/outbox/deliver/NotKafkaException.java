package io.framegate.outbox.deliver;

import org.apache.kafka.common.KafkaException;

/** A port among the brokers speaks another protocol. */
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
