package io.framegate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code camel.main.exchange-factory=pooled}: exchanges are used again, and each packet is answered all the same. */
@ResourceLock(TestListener.LOG)
class PooledExchangesTest {

    private static final int CAMERAS = 8;

    /** More than the window of a connection. */
    private static final int PACKETS = 100;

    @Test
    void eachPacketOfEachConnectionIsAnswered() {
        try (TestListener listener = TestListener.withPooledExchanges()) {
            List<Camera> cameras =
                    Stream.generate(listener::camera).limit(CAMERAS).toList();
            String packet = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
            for (Camera camera : cameras) {
                camera.send(packet.repeat(PACKETS));
            }

            for (Camera camera : cameras) {
                for (int answer = 0; answer < PACKETS; answer++) {
                    assertThat(camera.answer().status()).isEqualTo(200);
                }
                camera.close();
            }
            assertThat(listener.received()).hasSize(CAMERAS * PACKETS);
        }
    }
}
