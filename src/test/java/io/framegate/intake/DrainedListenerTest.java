package io.framegate.intake;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.it.support.Camera;
import io.framegate.it.support.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A listener that takes no new connection lets the open packets end. */
@ResourceLock(TestListener.LOG)
class DrainedListenerTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final byte[] PACKET = "<config><mac>02:00:5e:10:00:01</mac></config>".getBytes(UTF_8);
    private static final int HALF = PACKET.length / 2;

    private final TestListener listener = new TestListener(Map.of());

    @AfterEach
    void close() {
        listener.close();
    }

    private void awaitOpen(int connections) {
        eventually("open: " + connections).until(() -> listener.connections().open() == connections);
    }

    private void assertNobodyListens() {
        eventually("nobody listens").untilAsserted(() -> assertThatThrownBy(
                        () -> new Socket(InetAddress.getLoopbackAddress(), listener.port()).close())
                .isInstanceOf(IOException.class));
    }

    @Test
    void connectionBetweenTwoPacketsIsClosedAtOnce() {
        try (Camera camera = listener.camera();
                Camera silent = listener.camera()) {
            assertThat(camera.post(PACKET).status()).isEqualTo(200);
            awaitOpen(2);
            listener.connections().drain();
            assertThat(camera.isClosedWithin(SOON)).isTrue();
            assertThat(silent.isClosedWithin(SOON)).isTrue();
            assertNobodyListens();
        }
    }

    @Test
    void requestThatHasBegunIsAnsweredBeforeItsConnectionCloses() {
        byte[] request = Http.post("/", PACKET);
        try (Camera camera = listener.camera()) {
            camera.send(Arrays.copyOf(request, request.length - HALF));
            eventually("begun").until(() -> listener.inFlight().bytes() > 0);
            listener.connections().drain();
            assertNobodyListens();
            camera.send(Arrays.copyOfRange(request, request.length - HALF, request.length));
            assertThat(camera.answer().status()).isEqualTo(200);
            assertThat(camera.isClosedWithin(SOON)).isTrue();
        }
        assertThat(listener.received()).hasSize(1);
    }

    @Test
    void packetOfABareSocketThatHasBegunIsReceived() {
        try (Camera camera = listener.camera()) {
            camera.send(Arrays.copyOf(PACKET, HALF));
            eventually("begun").until(() -> listener.inFlight().bytes() > 0);
            listener.connections().drain();
            camera.send(Arrays.copyOfRange(PACKET, HALF, PACKET.length));
            assertThat(camera.isClosedWithin(SOON)).isTrue();
        }
        eventually("received").until(() -> listener.received().size() == 1);
        awaitOpen(0);
    }

    @Test
    void listenerThatNobodyHasConnectedToEndsWithItsFirstConnection() {
        listener.connections().drain();
        try (Camera late = listener.camera()) {
            assertThat(late.isClosedWithin(SOON)).isTrue();
        }
        assertNobodyListens();
        awaitOpen(0);
    }
}
