package io.framegate.outbox.deliver;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker in MQTT 3.1.1: logs in, publishes with QoS 1 and knows which messages are confirmed. Pings
 * while it has nothing to send. Threads may publish at the same time.
 */
final class Mqtt3Session extends SimpleChannelInboundHandler<MqttMessage> {

    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int IDS = 0xffff;

    /** The codes of MQTT 5 for the five refusals of MQTT 3.1.1. */
    private static final Map<MqttConnectReturnCode, Integer> REFUSALS = Map.of(
            MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, 132,
            MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED, 133,
            MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE, 136,
            MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD, 134,
            MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED, 135);

    private final String clientId;
    private final String user;
    private final String password;
    private final int timeoutSeconds;
    private final CompletableFuture<MqttConnectReturnCode> accepted = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<Void>> unconfirmed = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private volatile @Nullable Channel channel;

    Mqtt3Session(String clientId, String user, String password, int timeoutSeconds) {
        this.clientId = clientId;
        this.user = user;
        this.password = password;
        this.timeoutSeconds = timeoutSeconds;
    }

    boolean isOpen() {
        Channel current = channel;
        return current != null && current.isActive() && accepted.isDone() && !accepted.isCompletedExceptionally();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        MqttMessageBuilders.ConnectBuilder connect = MqttMessageBuilders.connect()
                .protocolVersion(MqttVersion.MQTT_3_1_1)
                .clientId(clientId)
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE_SECONDS);
        if (!user.isEmpty()) {
            connect.username(user).hasUser(true);
            connect.password(password.getBytes(StandardCharsets.UTF_8)).hasPassword(!password.isEmpty());
        }
        context.writeAndFlush(connect.build());
    }

    /** Waits until the broker has accepted the connection. */
    void awaitAcceptance() throws MqttException {
        MqttConnectReturnCode code;
        try {
            code = await(accepted);
        } catch (MqttException e) {
            disconnect();
            throw new MqttNotConnectedException(e);
        }
        if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            disconnect();
            throw new MqttNotConnectedException(code.name(), REFUSALS.getOrDefault(code, 128));
        }
    }

    void publish(String topic, byte[] payload) throws MqttException {
        Channel current = channel;
        if (current == null) {
            throw new MqttException(MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED);
        }
        CompletableFuture<Void> confirmation = new CompletableFuture<>();
        int id = reserve(confirmation);
        try {
            current.writeAndFlush(MqttMessageBuilders.publish()
                            .topicName(topic)
                            .qos(MqttQoS.AT_LEAST_ONCE)
                            .messageId(id)
                            .payload(Unpooled.wrappedBuffer(payload))
                            .build())
                    .addListener(written -> {
                        if (!written.isSuccess()) {
                            confirmation.completeExceptionally(written.cause());
                        }
                    });
            await(confirmation);
        } catch (MqttException e) {
            // A late confirmation must not count for another message with this number.
            current.close();
            throw e;
        } finally {
            unconfirmed.remove(id);
        }
    }

    private int reserve(CompletableFuture<Void> confirmation) {
        while (true) {
            int id = Math.floorMod(lastId.getAndIncrement(), IDS) + 1;
            if (unconfirmed.putIfAbsent(id, confirmation) == null) {
                return id;
            }
        }
    }

    private <T> T await(CompletableFuture<T> answer) throws MqttException {
        try {
            return answer.get(timeoutSeconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new MqttException(MqttClientException.REASON_CODE_CLIENT_TIMEOUT);
        } catch (ExecutionException e) {
            throw new MqttException(MqttClientException.REASON_CODE_CONNECTION_LOST, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MqttException(e);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            fail(message.decoderResult().cause());
            context.close();
        } else if (message instanceof MqttConnAckMessage answer) {
            accepted.complete(answer.variableHeader().connectReturnCode());
        } else if (message.fixedHeader().messageType() == MqttMessageType.PUBACK
                && message.variableHeader() instanceof MqttMessageIdVariableHeader confirmed) {
            CompletableFuture<Void> confirmation = unconfirmed.get(confirmed.messageId());
            if (confirmation != null) {
                confirmation.complete(null);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.READER_IDLE) {
                context.close();
            } else {
                context.writeAndFlush(MqttMessage.PINGREQ);
            }
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new EOFException("the broker closed the connection"));
    }

    private void fail(Throwable cause) {
        accepted.completeExceptionally(cause);
        unconfirmed.values().forEach(confirmation -> confirmation.completeExceptionally(cause));
    }

    void disconnect() {
        Channel current = channel;
        if (current != null) {
            current.writeAndFlush(MqttMessage.DISCONNECT);
            current.close();
        }
    }
}
