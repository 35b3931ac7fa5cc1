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
 * A client of MQTT 5, or of MQTT 3.1.1 if that is set, whose {@link #publish} returns only if the broker has accepted
 * the message. Paho's client also returns if the broker has refused it, because it does not read the reason in the
 * acknowledgement. This client connects before the first message, so the broker may be away at start, and waits up to
 * {@value #TIMEOUT_SECONDS} seconds for an answer.
 */
public final class MqttPublisher extends MqttClient {

    private static final int TIMEOUT_SECONDS = 10;
    private static final int FIRST_FAILURE = 0x80;

    private static final int CONNECTION_LOST = MqttClientException.REASON_CODE_CONNECTION_LOST;
    private static final int OTHER_VERSION = 132;

    private final Mqtt3Client older;
    private boolean old;

    private final MqttConnectionOptions options = new MqttConnectionOptions();

    /** A client of the broker at this address, {@code tcp://...} or {@code ssl://...}. */
    public MqttPublisher(String url) throws MqttException {
        super(url, "framegate-" + UUID.randomUUID(), new MemoryPersistence());
        options.setConnectionTimeout(TIMEOUT_SECONDS);
        setTimeToWait(TIMEOUT_SECONDS * 1000L);
        older = new Mqtt3Client(url, TIMEOUT_SECONDS);
    }

    /** {@code 5} or {@code 3.1.1}, which has no room for metadata. */
    public void setVersion(String version) {
        old = version.equals("3.1.1");
    }

    /** The user. Empty if the broker needs none. */
    public void setUser(String user) {
        older.setUser(user);
        if (!user.isEmpty()) {
            options.setUserName(user);
        }
    }

    public void setPassword(String password) {
        older.setPassword(password);
        if (!password.isEmpty()) {
            options.setPassword(password.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Connects and logs in, if it is not connected. Sends nothing else. */
    public void reach() throws MqttException {
        if (old) {
            older.reach();
        } else {
            connectIfNecessary();
        }
    }

    @Override
    public void publish(String topic, MqttMessage message) throws MqttException {
        if (old) {
            older.publish(topic, message.getPayload());
            return;
        }
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
            // Without this, the client stays in the state "connecting" forever if the broker does not answer once.
            disconnectForcibly(0, 0, false);
            throw isOlder(e)
                    ? new MqttNotConnectedException("the broker speaks MQTT 3.1.1 only", OTHER_VERSION)
                    : new MqttNotConnectedException(e);
        }
    }

    /** Whether the broker, which ended the connection without an answer, accepts one in MQTT 3.1.1. */
    private boolean isOlder(MqttException failure) {
        String url = getServerURI();
        return failure.getReasonCode() == CONNECTION_LOST && url.matches("(tcp|ssl):.*") && older.isAnswered();
    }

    /** Closes the connection, if the client is connected. */
    public void end() throws MqttException {
        if (isConnected()) {
            disconnectForcibly(0, 1000);
        }
        older.close();
        close();
    }
}
