package io.framegate.outbox.deliver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class KafkaProbeTest {

    private static final String QUESTION = "\0\0\0\n\0\u0012\0\0FGAT\u00ff\u00ff";

    /** Answers each connection after this many bytes, and ends it. */
    private static ServerSocket serverThatSays(String answer, int afterBytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Runnable answers = () -> {
            while (true) {
                try (Socket client = server.accept()) {
                    client.getInputStream().readNBytes(afterBytes);
                    client.getOutputStream().write(answer.getBytes(ISO_8859_1));
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                } catch (SocketException closed) {
                    return;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        Thread thread = new Thread(answers, "server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static String at(ServerSocket server) {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private static Properties client(String brokers) {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", brokers);
        return client;
    }

    private static String reason(Throwable failure) {
        return PlainReason.of(failure, "framegate.deliver.kafka.", name -> "");
    }

    /** The client would take SSH- as a length of 1.4 GB. */
    @Test
    void noClientIsMadeForAPortOfAnotherProtocol() throws Exception {
        try (ServerSocket ssh = serverThatSays("SSH-2.0-x\r\n", 0)) {
            Throwable failure = catchThrowable(() -> new KafkaLogin().getProducer(client(at(ssh))));
            assertThat(failure).isInstanceOf(NotKafkaException.class);
            assertThat(reason(failure))
                    .startsWith(at(ssh) + " speaks SSH (expected: Kafka at framegate.deliver.kafka.brokers)");
        }
    }

    @Test
    void oneOtherPortAmongTheBrokersIsEnough() throws Exception {
        try (ServerSocket kafka = serverThatSays("\0\0\0dFGAT\0\0", QUESTION.length());
                ServerSocket http = serverThatSays("HTTP/1.1 400 Bad Request\r\n\r\n", QUESTION.length())) {
            assertThatThrownBy(() -> KafkaProbe.require(client(at(kafka) + "," + at(http))))
                    .hasMessage(at(http) + " speaks HTTP");
        }
    }

    @Test
    void brokerWithTlsNamesTheProtocolOfItsProperty() throws Exception {
        try (ServerSocket tls = serverThatSays("\u0015\u0003\u0003\0\u0002\u0002F", QUESTION.length())) {
            Throwable failure = catchThrowable(() -> KafkaProbe.require(client(at(tls))));
            assertThat(reason(failure)).contains("speaks TLS (expected: framegate.deliver.kafka.security-protocol=SSL");
        }
    }

    @Test
    void unknownBytesAreShownWithoutControlCharacters() throws Exception {
        try (ServerSocket other = serverThatSays("\u007fhello\u0001\n", 0)) {
            assertThatThrownBy(() -> KafkaProbe.require(client(at(other))))
                    .hasMessage(at(other) + " speaks \".hello..\"");
        }
    }

    @Test
    void lengthOfAnAnswerWithoutOurNumberIsNotKafka() throws Exception {
        try (ServerSocket other = serverThatSays("\0\0\0dABCD", 0)) {
            assertThatThrownBy(() -> KafkaProbe.require(client(at(other)))).isInstanceOf(NotKafkaException.class);
        }
    }

    @Test
    void brokerThatAnswersPasses() throws Exception {
        try (ServerSocket kafka = serverThatSays("\0\0\0dFGAT\0\0", QUESTION.length())) {
            assertThatCode(() -> KafkaProbe.require(client(at(kafka)))).doesNotThrowAnyException();
        }
    }

    /** The client knows how to wait for it. */
    @Test
    void brokerThatIsAwayPasses() throws Exception {
        ServerSocket closed = serverThatSays("", 0);
        closed.close();
        assertThatCode(() -> KafkaProbe.require(client(at(closed) + ",broker.invalid:9092")))
                .doesNotThrowAnyException();
    }

    @Test
    void serverThatEndsTheConnectionIsNotUsable() throws Exception {
        try (ServerSocket silent = serverThatSays("", QUESTION.length())) {
            Throwable failure = catchThrowable(() -> KafkaProbe.require(client(at(silent))));
            assertThat(failure).isInstanceOf(KafkaException.class).hasMessageContaining("no answer");
        }
    }

    @Test
    void silentBrokerBesideOneThatAnswersPasses() throws Exception {
        try (ServerSocket kafka = serverThatSays("\0\0\0dFGAT\0\0", QUESTION.length());
                ServerSocket silent = serverThatSays("", QUESTION.length())) {
            assertThatCode(() -> KafkaProbe.require(client(at(silent) + ", " + at(kafka))))
                    .doesNotThrowAnyException();
        }
    }
}
