package io.framegate.outbox.deliver;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * An MQTT 5 client whose {@link #publish} returns only if the broker has accepted the message. Paho's client also
 * returns if the broker has refused it, because it does not read the reason in the acknowledgement. This client
 * connects before the first message, so the broker may be away at start, and waits up to {@value #TIMEOUT_SECONDS}
 * seconds for an answer.
 */
public final class MqttPublisher extends MqttClient {

    private static final int TIMEOUT_SECONDS = 10;
    private static final int FIRST_FAILURE = 0x80;

    private final MqttConnectionOptions options = new MqttConnectionOptions();

    /** A client of the broker at this address, {@code tcp://...} or {@code ssl://...}. */
    public MqttPublisher(String url) throws MqttException {
        super(url, "framegate-" + UUID.randomUUID(), new MemoryPersistence());
        options.setConnectionTimeout(TIMEOUT_SECONDS);
        setTimeToWait(TIMEOUT_SECONDS * 1000L);
    }

    /** The user. Empty if the broker needs none. */
    public void setUser(String user) {
        if (!user.isEmpty()) {
            options.setUserName(user);
        }
    }

    public void setPassword(String password) {
        if (!password.isEmpty()) {
            options.setPassword(password.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void publish(String topic, MqttMessage message) throws MqttException {
        connectIfNecessary();
        IMqttToken token = aClient.publish(topic, message, null, null);
        token.waitForCompletion(getTimeToWait());
        for (int reason : token.getReasonCodes()) {
            if (reason >= FIRST_FAILURE) {
                throw new MqttException(reason);
            }
        }
    }

    private synchronized void connectIfNecessary() throws MqttException {
        if (isConnected()) {
            return;
        }
        try {
            connect(options);
        } catch (MqttException e) {
            // Without this, the client stays in the state "connecting" for ever if the broker does not answer once.
            disconnectForcibly(0, 0, false);
            throw new NotConnectedException(e);
        }
    }

    /** The broker's reason is only text here, because an image may be refused with the same code. */
    private static final class NotConnectedException extends MqttException {

        private final String reason;

        NotConnectedException(MqttException reason) {
            super(MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR);
            this.reason = reason.toString();
        }

        @Override
        public String getMessage() {
            return "not connected: " + reason;
        }
    }

    /** Closes the connection, if the client is connected. */
    public void end() throws MqttException {
        if (isConnected()) {
            disconnectForcibly(0, 1000);
        }
        close();
    }
}
