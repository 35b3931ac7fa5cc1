package io.framegate.outbox.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that speaks MQTT 3.1.1 only: it accepts connections with that level, and ends all others. */
class Mqtt3ClientTest {

    private static final int LEVEL_3_1_1 = 4;

    private final List<byte[]> published = new CopyOnWriteArrayList<>();
    private final List<byte[]> connects = new CopyOnWriteArrayList<>();
    private final ServerSocket listening = listen();
    private volatile int returnCode;
    private volatile boolean hangUpBeforeConfirming;

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void serve() {
        Thread broker = new Thread(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket connection = listening.accept();
                    new Thread(() -> serve(connection)).start();
                } catch (IOException closed) {
                    return;
                }
            }
        });
        broker.setDaemon(true);
        broker.start();
    }

    @AfterEach
    void stop() throws IOException {
        listening.close();
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            while (true) {
                int type = in.readUnsignedByte() >> 4;
                byte[] rest = in.readNBytes(length(in));
                if (type == 1) {
                    connects.add(rest);
                    if (rest[6] != LEVEL_3_1_1) {
                        return;
                    }
                    connection.getOutputStream().write(new byte[] {0x20, 2, 0, (byte) returnCode});
                } else if (type == 3) {
                    if (hangUpBeforeConfirming) {
                        hangUpBeforeConfirming = false;
                        return;
                    }
                    int topic = rest[0] << 8 | rest[1];
                    published.add(rest);
                    connection.getOutputStream().write(new byte[] {0x40, 2, rest[2 + topic], rest[3 + topic]});
                }
            }
        } catch (IOException ended) {
            // The client has gone.
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while ((digit & 0x80) != 0);
        return length;
    }

    private MqttPublisher publisher(String version) throws MqttException {
        MqttPublisher publisher = new MqttPublisher("tcp://127.0.0.1:" + listening.getLocalPort());
        publisher.setVersion(version);
        publisher.setUser("me");
        publisher.setPassword("secret");
        return publisher;
    }

    @Test
    void imagesArriveWhole() throws Exception {
        byte[] image = new byte[300_000];
        new Random(3).nextBytes(image);
        MqttPublisher publisher = publisher("3.1.1");
        publisher.publish("images/gate", new MqttMessage(image));
        publisher.publish("images/gate", new MqttMessage(new byte[0]));
        publisher.end();
        assertThat(published).hasSize(2);
        String head = "images/gate";
        assertThat(new String(published.get(0), 2, head.length(), StandardCharsets.US_ASCII))
                .isEqualTo(head);
        assertThat(published.get(0)).endsWith(image);
        assertThat(connects).hasSize(1);
    }

    @Test
    void publishReturnsOnlyAfterTheConfirmationAndTheNextOneConnectsAgain() throws Exception {
        hangUpBeforeConfirming = true;
        MqttPublisher publisher = publisher("3.1.1");
        assertThatThrownBy(() -> publisher.publish("images", new MqttMessage(new byte[10])))
                .isInstanceOf(MqttException.class)
                .satisfies(failure -> assertThat(Refusals.isRefusal(failure)).isFalse());
        publisher.publish("images", new MqttMessage(new byte[10]));
        publisher.end();
        assertThat(published).hasSize(1);
    }

    @Test
    void refusedUserIsARefusedLogin() throws Exception {
        returnCode = 4;
        MqttPublisher publisher = publisher("3.1.1");
        assertThatThrownBy(() -> publisher.publish("images", new MqttMessage(new byte[10])))
                .hasMessageContaining("BAD_USER_NAME_OR_PASSWORD")
                .satisfies(failure -> assertThat(Refusals.isLogin(failure)).isTrue());
        publisher.end();
    }

    @Test
    void brokerThatIsNotThereIsNamed() throws Exception {
        listening.close();
        MqttPublisher publisher = publisher("3.1.1");
        assertThatThrownBy(() -> publisher.publish("images", new MqttMessage(new byte[10])))
                .hasMessageContaining("127.0.0.1");
        publisher.end();
    }

    @Test
    void clientOfVersion5SaysThatTheBrokerIsOlder() throws Exception {
        MqttPublisher publisher = publisher("5");
        assertThatThrownBy(() -> publisher.publish("images", new MqttMessage(new byte[10])))
                .satisfies(failure -> assertThat(PlainReason.of(failure, "framegate.deliver.mqtt.", name -> ""))
                        .contains("framegate.deliver.mqtt.version=3.1.1"));
        publisher.end();
    }
}
