package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/**
 * Puts an image's headers into MQTT's user properties, and names the topic that it is sent to. Thread-safe once
 * configured.
 */
public final class MqttMetadata implements Processor {

    private NameExpression topic = new NameExpression("images");

    /** The simple expression for the topic. Its value is made safe, like a file name. */
    public void setTopic(String topic) {
        this.topic = new NameExpression(topic);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        MqttProperties properties = new MqttProperties();
        properties.setContentType(message.getHeader(FramegateHeaders.CONTENT_TYPE, String.class));
        properties.setUserProperties(MetadataText.of(message).entrySet().stream()
                .map(one -> new UserProperty(one.getKey(), one.getValue()))
                .toList());
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, properties);
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, topic.path(exchange));
    }
}
