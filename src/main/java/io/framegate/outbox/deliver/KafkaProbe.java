package io.framegate.outbox.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;

/**
 * Sends each broker a request of Kafka's protocol before a client is created. The client reads the first four bytes of
 * any answer as a length and allocates that many bytes: {@code SSH-} is 1.4 GB, which ends a gateway with a smaller
 * heap.
 *
 * <pre>
 * request: ApiVersions 0, answered before a log-in        answer
 * +--------+------+------+-------------+-----------+      +--------+-------------+-----
 * | length | key  | ver. | correlation | client id |      | length | correlation | ...
 * |     10 |  18  |   0  |  "FGAT"     |   none    |      | <= 1MB |  "FGAT"     |
 * +--------+------+------+-------------+-----------+      +--------+-------------+-----
 * </pre>
 */
final class KafkaProbe {

    private static final byte[] QUESTION = {0, 0, 0, 10, 0, 18, 0, 0, 'F', 'G', 'A', 'T', -1, -1};
    private static final int CORRELATION = 0x46474154;
    private static final int HEAD = 8;
    private static final int MAX_ANSWER = 1 << 20;
    private static final int CONNECT_MILLIS = 2000;
    private static final int ANSWER_MILLIS = 5000;

    private enum Answer {
        KAFKA,
        NONE,
        /** Nothing listens, or TLS has ended the connection. The client finds this out without harm. */
        UNKNOWN
    }

    private KafkaProbe() {}

    /**
     * Throws a {@link NotKafkaException} if a port answers in another protocol, and a {@link KafkaException} if all
     * ports accept connections and none answers. Brokers that are away are left to the client.
     *
     * @param properties the properties of the client
     */
    static void require(Properties properties) {
        String brokers = String.valueOf(properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
        boolean tls = String.valueOf(properties.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG))
                .endsWith("SSL");
        boolean silent = false;
        boolean usable = false;
        for (InetSocketAddress broker : Addresses.parse(brokers).all()) {
            Answer answer = ask(broker, tls);
            usable |= answer != Answer.NONE;
            silent |= answer == Answer.NONE;
        }
        if (silent && !usable) {
            throw new KafkaException("no answer to the first question at " + brokers);
        }
    }

    private static Answer ask(InetSocketAddress broker, boolean tls) {
        String host = broker.getHostString();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, broker.getPort()), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            byte[] head;
            if (tls) {
                // This fails if Java's trust store does not trust the broker; the client may have another store.
                try (SSLSocket secure = Tls.over(socket, host, broker.getPort())) {
                    head = exchange(secure);
                }
            } else {
                head = exchange(socket);
            }
            if (head.length == 0) {
                if (!tls && Tls.isSpoken(broker)) {
                    throw new NotKafkaException(host + ":" + broker.getPort(), "TLS");
                }
                return Answer.NONE;
            }
            if (!isAnswer(head)) {
                throw new NotKafkaException(host + ":" + broker.getPort(), SpokenProtocol.name(head));
            }
            return Answer.KAFKA;
        } catch (IOException e) {
            return Answer.UNKNOWN;
        }
    }

    /** The first bytes of the answer, at most as many as are needed. */
    private static byte[] exchange(Socket socket) throws IOException {
        byte[] head = new byte[HEAD];
        int length = 0;
        try {
            socket.getOutputStream().write(QUESTION);
            InputStream in = socket.getInputStream();
            for (int read = 0; length < HEAD && read >= 0; ) {
                read = in.read(head, length, HEAD - length);
                length += Math.max(read, 0);
            }
        } catch (SocketTimeoutException | SocketException ended) {
            // The bytes that were received before count.
        }
        return Arrays.copyOf(head, length);
    }

    private static boolean isAnswer(byte[] head) {
        ByteBuffer fields = ByteBuffer.wrap(head);
        return head.length == HEAD && isLength(fields.getInt()) && fields.getInt() == CORRELATION;
    }

    private static boolean isLength(int length) {
        return length >= 0 && length <= MAX_ANSWER;
    }
}
