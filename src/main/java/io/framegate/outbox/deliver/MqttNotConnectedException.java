package io.framegate.outbox.deliver;

import java.util.Set;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * The broker did not accept the connection. Its reason is only text here, because an image may be refused with the same
 * code.
 */
final class MqttNotConnectedException extends MqttException {

    private static final long serialVersionUID = 1;

    /** Bad user name or password, not authorized, bad authentication method. */
    private static final Set<Integer> LOGIN = Set.of(134, 135, 140);

    private static final int OTHER_VERSION = 132;

    private final String reason;
    private final int code;
    private final @Nullable Throwable cause;

    MqttNotConnectedException(MqttException reason) {
        this(reason.toString(), reason.getReasonCode(), reason.getCause());
    }

    /** A refusal with a code of MQTT 5. */
    MqttNotConnectedException(String reason, int code) {
        this(reason, code, null);
    }

    private MqttNotConnectedException(String reason, int code, @Nullable Throwable cause) {
        super(MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR);
        this.reason = reason;
        this.code = code;
        this.cause = cause;
    }

    /** The failure that broke the connection: TLS or the network. */
    @Override
    public @Nullable Throwable getCause() {
        return cause;
    }

    /** Whether the broker refused user and password. */
    boolean isLogin() {
        return LOGIN.contains(code);
    }

    /** Whether the broker does not speak this version of the protocol. */
    boolean isVersion() {
        return code == OTHER_VERSION;
    }

    @Override
    public String getMessage() {
        return "not connected: " + reason;
    }
}
