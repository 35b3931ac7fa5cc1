package io.framegate.outbox.deliver.connect;

import io.framegate.outbox.deliver.MqttPublisher;
import org.apache.camel.Endpoint;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Endpoint;

/** Tries a broker with MQTT: logs in. The protocol cannot query a topic, and topics need not exist. */
final class MqttTrial implements Trial {

    @Override
    public String attempt(Endpoint endpoint, TargetProperties properties) throws Exception {
        if (!(((PahoMqtt5Endpoint) endpoint).getClient() instanceof MqttPublisher publisher)) {
            throw new NotReadyException("not tried: the route has a client of its own");
        }
        publisher.reach();
        return "logged in";
    }
}
