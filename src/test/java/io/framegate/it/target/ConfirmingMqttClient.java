package io.framegate.it.target;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * A client whose {@link #publish} returns when the broker has taken the message, and only then. Paho's own returns also
 * when the broker has refused it: it does not read the reason in the acknowledgement. This one connects when there is
 * something to send, so that a broker may be away at the start, and waits no longer than {@link #getTimeToWait}.
 */
final class ConfirmingMqttClient extends MqttClient {

    private static final int FIRST_FAILURE = 0x80;

    private final MqttConnectionOptions options;

    ConfirmingMqttClient(String url, String clientId, MqttConnectionOptions options) throws MqttException {
        super(url, clientId, new MemoryPersistence());
        this.options = options;
    }

    @Override
    public void publish(String topic, MqttMessage message) throws MqttException {
        synchronized (this) {
            if (!isConnected()) {
                connectOrGiveUp();
            }
        }
        IMqttToken token = aClient.publish(topic, message, null, null);
        token.waitForCompletion(getTimeToWait());
        for (int reason : token.getReasonCodes()) {
            if (reason >= FIRST_FAILURE) {
                throw new MqttException(reason);
            }
        }
    }

    private void connectOrGiveUp() throws MqttException {
        try {
            connect(options);
        } catch (MqttException e) {
            // Without this, a broker that does not answer once leaves the client connecting for ever.
            disconnectForcibly(0, 0, false);
            throw e;
        }
    }
}
