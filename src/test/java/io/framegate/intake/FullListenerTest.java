package io.framegate.intake;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.Http;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that take all connections do not keep others out. */
@ResourceLock(TestListener.LOG)
class FullListenerTest {

    private static final int MOST = 20;
    private static final byte[] PACKET = "<config><mac>02:00:5e:10:00:01</mac></config>".getBytes(UTF_8);

    private final TestListener listener = new TestListener(
            Map.of(), new ConnectionCount(MOST, new PeerLimits(MOST / 2, Long.MAX_VALUE, 0, Duration.ZERO)));
    private final List<Camera> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Camera::close);
        listener.close();
    }

    private Camera connect(String from) {
        Camera camera = listener.camera(from);
        open.add(camera);
        return camera;
    }

    private void fill(String from, int number, String first) {
        int before = listener.connections().open();
        for (int i = 0; i < number; i++) {
            Camera camera = connect(from);
            if (!first.isEmpty()) {
                camera.send(first);
            }
        }
        eventually("open").until(() -> listener.connections().open() == before + number);
    }

    private static void assertAnswered(Camera camera) {
        assertThat(camera.post(PACKET).status()).isEqualTo(200);
    }

    /** Nothing, a blank, half a packet, and a whole one. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<config><mac>", "<config><mac>02:00:5e:10:00:02</mac></config>"})
    void addressWithFewConnectionsTakesThePlaceOfAnotherOne(String first) {
        Camera camera = connect("127.0.7.1");
        assertAnswered(camera);
        fill("127.0.7.2", 10, first);
        fill("127.0.7.3", 9, first);
        for (int number = 0; number < 3; number++) {
            assertAnswered(connect("127.0.7.4"));
        }
        assertAnswered(camera);
        eventually("three left").until(() -> listener.connections().open() == MOST);
        assertThat(listener.connections().refused(Refusal.MAX_CONNECTIONS)).isZero();
        assertThat(listener.log())
                .anyMatch(line -> line.contains("replaces a quiet one: framegate.intake.max-connections reached")
                        && line.contains("127.0.7.4"));
    }

    @Test
    void addressWithManyConnectionsTakesNoPlace() {
        fill("127.0.7.2", 10, "");
        fill("127.0.7.3", 5, "");
        fill("127.0.7.4", 5, "");
        assertThat(connect("127.0.7.3").isClosedWithin(Duration.ofSeconds(20))).isTrue();
        assertThat(connect("127.0.7.2").isClosedWithin(Duration.ofSeconds(20))).isTrue();
        eventually("as before").until(() -> listener.connections().open() == MOST);
        assertThat(listener.connections().refused(Refusal.MAX_CONNECTIONS)).isEqualTo(1);
        assertThat(listener.connections().refused(Refusal.MAX_CONNECTIONS_PER_PEER))
                .isEqualTo(1);
        assertAnswered(open.get(0));
    }

    /** The request of the place that is taken may not have been read yet. Its camera gets no answer then. */
    @Test
    void requestsOfThePlacesThatStayAreStored() {
        fill("127.0.7.2", 10, "");
        fill("127.0.7.3", 10, "");
        byte[] request = Http.post("/", PACKET);
        open.forEach(camera -> camera.send(request));
        assertAnswered(connect("127.0.7.4"));
        eventually("all others, and the new one")
                .until(() -> listener.received().size() >= MOST);
    }

    @Test
    void connectionWithAPacketInTheRouteKeepsItsPlace() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        Camera first = connect("127.0.7.2");
        listener.holdNext(held);
        first.send(Http.post("/", PACKET));
        eventually("in the route").until(() -> listener.inFlight().packets() == 1);
        fill("127.0.7.2", 9, "");
        fill("127.0.7.3", 9, "");
        fill("127.0.7.5", 1, "");
        open.stream().skip(1).forEach(FullListenerTest::assertAnswered);

        assertAnswered(connect("127.0.7.4"));
        eventually("one lost its place").until(() -> listener.connections().open() == MOST);
        held.complete(null);
        assertThat(first.answer().status()).isEqualTo(200);
        assertThat(listener.received()).hasSize(MOST + 1);
    }
}
