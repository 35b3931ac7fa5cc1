package io.framegate.outbox.deliver;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to a broker that speaks MQTT 3.1.1: one connection, QoS 1, {@code tcp://} or {@code ssl://}. Paho's client
 * for MQTT 5 does not speak it. {@link #publish} connects if necessary, and returns when the broker has confirmed the
 * message. Several threads may publish at a time.
 */
final class Mqtt3Client implements AutoCloseable {

    private static final int PING_SECONDS = 30;
    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;

    private final EventLoopGroup threads = new NioEventLoopGroup(1, new DefaultThreadFactory("mqtt", true));
    private final URI url;
    private final int timeoutSeconds;
    private String user = "";
    private String password = "";
    private @Nullable Mqtt3Session session;

    Mqtt3Client(String url, int timeoutSeconds) {
        this.url = URI.create(url);
        this.timeoutSeconds = timeoutSeconds;
    }

    void setUser(String user) {
        this.user = user;
    }

    void setPassword(String password) {
        this.password = password;
    }

    /** Publishes with QoS 1. Returns after the broker's confirmation. */
    void publish(String topic, byte[] payload) throws MqttException {
        connected().publish(topic, payload);
    }

    /** Connects and logs in, if it is not connected. */
    void reach() throws MqttException {
        connected();
    }

    /** Whether the broker answers a connection in MQTT 3.1.1, even if it refuses the user. */
    boolean isAnswered() {
        try {
            connected();
            return true;
        } catch (MqttNotConnectedException e) {
            return e.isLogin();
        } catch (MqttException e) {
            return false;
        } finally {
            disconnect();
        }
    }

    private synchronized void disconnect() {
        if (session != null) {
            session.disconnect();
            session = null;
        }
    }

    private synchronized Mqtt3Session connected() throws MqttException {
        Mqtt3Session last = session;
        if (last != null && last.isOpen()) {
            return last;
        }
        Mqtt3Session next = new Mqtt3Session("framegate-" + UUID.randomUUID(), user, password, timeoutSeconds);
        ChannelFuture connecting =
                bootstrap(next).connect(url.getHost(), port()).awaitUninterruptibly();
        if (!connecting.isSuccess()) {
            throw new MqttNotConnectedException(new MqttException(connecting.cause()));
        }
        next.awaitAcceptance();
        session = next;
        return next;
    }

    private Bootstrap bootstrap(Mqtt3Session next) throws MqttException {
        SslContext tls = tls();
        return new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutSeconds * 1000)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc(), url.getHost(), port()));
                        }
                        channel.pipeline()
                                .addLast(new MqttDecoder())
                                .addLast(MqttEncoder.INSTANCE)
                                .addLast(new IdleStateHandler(PING_SECONDS * 3, PING_SECONDS, 0))
                                .addLast(next);
                    }
                });
    }

    /** TLS with Java's trust store; the certificate must name the host. Null for a plain connection. */
    private @Nullable SslContext tls() throws MqttException {
        if (!isTls()) {
            return null;
        }
        try {
            return SslContextBuilder.forClient()
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException e) {
            throw new MqttException(e);
        }
    }

    private boolean isTls() {
        return "ssl".equals(url.getScheme());
    }

    private int port() {
        int standard = isTls() ? TLS_PORT : PORT;
        return url.getPort() < 0 ? standard : url.getPort();
    }

    @Override
    public void close() {
        disconnect();
        threads.shutdownGracefully();
    }
}
