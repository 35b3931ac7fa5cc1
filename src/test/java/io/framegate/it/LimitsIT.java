package io.framegate.it;

import static io.framegate.it.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.Eventually;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.RawHttp;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection may cost, and that a camera that behaves does not notice the limits. */
class LimitsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final int MAX_CONNECTIONS = 5;

    /** Each camera has an address of its own, because the log's lines are limited for each. */
    private static final AtomicInteger ADDRESS = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static GatewayProcess gateway;

    private ImageFolder folder;

    @BeforeAll
    static void start() {
        gateway = new GatewayProcess(directory)
                .with("framegate.intake.frame-deadline", "1s")
                .with("framegate.intake.idle-timeout", "2s")
                .with("framegate.intake.max-connections", Integer.toString(MAX_CONNECTIONS))
                .with("framegate.intake.max-frame-length", "64KB")
                .start();
    }

    @BeforeEach
    void look() {
        folder = gateway.images();
    }

    @AfterEach
    void allConnectionsAreGone() {
        // The log limits its lines, so its last count may be an older one.
        RawHttp web = new RawHttp(gateway.webPort());
        eventually("no connection")
                .until(() -> web.get("/observe/metrics").body().contains("framegate_connections_open 0.0"));
        assertThat(folder.temporaryFiles()).isEmpty();
        assertThat(gateway.logLines(" ERROR ")).isEmpty();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Camera camera() {
        return camera(gateway.cameraPort());
    }

    private static Camera camera(int port) {
        return Camera.connect(port, "127.0.3." + ADDRESS.incrementAndGet());
    }

    private static byte[] half(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static List<String> reports(Camera camera, String reason) {
        return gateway.logLines("rejected peer=\"" + camera.address() + "\"", "reason=\"" + reason + "\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void packetThatIsNotCompleteInTimeEndsTheConnection(boolean http) {
        byte[] packet = CameraPacket.scene(1, 5_000).xml();
        byte[] sent = http ? Http.post("/a", packet) : packet;
        try (Camera camera = camera()) {
            long began = System.nanoTime();
            camera.send(half(sent));
            assertThat(camera.isClosedWithin(DEADLINE.multipliedBy(4))).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(DEADLINE);
            eventually("report")
                    .until(() -> reports(camera, "deadline-exceeded").size() == 1);
        }
        folder.assertHolds(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"packet", "HTTP head", "HTTP body", "noise"})
    void byteNowAndThenDoesNotExtendTheDeadline(String what) {
        byte[] packet = CameraPacket.scene(1, 5_000).xml();
        byte[] request = Http.post("/a", packet);
        byte[] sent =
                switch (what) {
                    case "packet" -> packet;
                    case "noise" -> "x".repeat(5_000).getBytes(UTF_8);
                    default -> request;
                };
        int atOnce = what.equals("HTTP body") ? 400 : 1;
        try (Camera camera = camera()) {
            long began = System.nanoTime();
            camera.send(Arrays.copyOf(sent, atOnce));
            int[] next = {atOnce};
            Awaitility.await("closed")
                    .atMost(DEADLINE.multipliedBy(4))
                    .pollInterval(Duration.ofMillis(40))
                    .until(() -> {
                        try {
                            camera.send(new byte[] {sent[next[0]++]});
                            return camera.isClosedWithin(Duration.ofMillis(1));
                        } catch (UncheckedIOException closed) {
                            return true;
                        }
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(DEADLINE);
        }
        folder.assertHolds(List.of());
    }

    @Test
    void packetsOneBehindTheOtherMayTakeLongerThanTheDeadlineTogether() {
        List<CameraPacket> packets = new ArrayList<>();
        try (Camera camera = camera()) {
            Awaitility.await("sent")
                    .atMost(Duration.ofSeconds(10))
                    .pollInterval(DEADLINE.dividedBy(8))
                    .until(() -> {
                        packets.add(CameraPacket.scene(2, 1_000));
                        // The end of one and the beginning of the next together, so that one is always begun.
                        byte[] last = packets.get(packets.size() - 1).xml();
                        byte[] before = packets.size() == 1
                                ? new byte[0]
                                : packets.get(packets.size() - 2).xml();
                        camera.send(Arrays.copyOfRange(before, before.length / 2, before.length));
                        camera.send(half(last));
                        return packets.size() == 20;
                    });
            byte[] last = packets.get(19).xml();
            camera.send(Arrays.copyOfRange(last, last.length / 2, last.length));
            folder.awaitExactly(CameraPacket.images(packets));
        }
    }

    @Test
    void silentConnectionIsClosed() {
        try (Camera camera = camera()) {
            assertThat(camera.isClosedWithin(IDLE.multipliedBy(3))).isTrue();
            gateway.awaitLog(Eventually.SOON, "idle", "peer=\"" + camera.address() + "\"");
        }
    }

    @Test
    void connectionBeyondTheCapIsRefusedAndTheOthersGoOn() {
        List<Camera> cameras = new ArrayList<>();
        CameraPacket packet = CameraPacket.scene(3, 1_000);
        CameraPacket later = CameraPacket.scene(3, 1_000);
        try {
            for (int i = 0; i < MAX_CONNECTIONS; i++) {
                // The cap counts both ports.
                Camera camera = i % 2 == 0 ? camera() : camera(gateway.framesPort());
                cameras.add(camera);
                gateway.awaitLog(Eventually.SOON, "camera connected", "peer=\"" + camera.address() + "\"");
            }
            try (Camera tooMany = camera()) {
                assertThat(tooMany.isClosedWithin(Duration.ofMillis(1500))).isTrue();
                String line = gateway.awaitLog(Eventually.SOON, "refused", "peer=\"" + tooMany.address() + "\"");
                assertThat(line).contains("framegate.intake.max-connections");
            }
            cameras.get(0).send(packet.xml());
            folder.awaitExactly(packet.images());
        } finally {
            cameras.forEach(Camera::close);
        }
        allConnectionsAreGone();
        try (Camera camera = camera()) {
            camera.send(later.xml());
            folder.awaitExactly(CameraPacket.images(List.of(packet, later)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"end", "reset", "half-close"})
    void packetThatEndsWithTheConnectionIsReportedAndNotStored(String how) {
        CameraPacket first = CameraPacket.scene(5, 1_000);
        try (Camera camera = camera()) {
            camera.send(first.xml());
            folder.awaitExactly(first.images());
            camera.send(half(CameraPacket.scene(5, 20_000).xml()));
            switch (how) {
                case "end" -> camera.leave();
                case "reset" -> camera.reset();
                default -> camera.finish();
            }
            String peer = camera.address();
            eventually("report")
                    .until(() -> gateway.logLines("rejected peer=\"" + peer).size() == 1);
            assertThat(gateway.logLines("rejected peer=\"" + peer).get(0)).contains("reason=\"incomplete\"");
        }
        folder.assertHolds(first.hashes());
    }

    @Test
    void cameraThatVanishesIsNoStackTrace() {
        try (Camera camera = camera()) {
            camera.send(half(CameraPacket.scene(5, 1_000).xml()));
            camera.reset();
            eventually("report").until(() -> reports(camera, "incomplete").size() == 1);
        }
        assertThat(gateway.logLines("\tat ")).isEmpty();
    }

    @Test
    void wholePacketsBeforeTheEndOfTheConnectionAreStored() {
        List<CameraPacket> packets = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            packets.add(CameraPacket.scene(6, 10_000));
        }
        try (Camera camera = camera()) {
            camera.send(CameraPacket.pipelined(packets));
        }
        folder.awaitExactly(CameraPacket.images(packets));
    }

    @Test
    void packetBeyondTheCapIsReportedAndTheNextOneIsStored() {
        CameraPacket tooLong = CameraPacket.scene(7, 70_000);
        CameraPacket next = CameraPacket.scene(7, 40_000);
        try (Camera camera = camera()) {
            camera.send(tooLong.xml()).send(next.xml());
            folder.awaitExactly(next.images());
            eventually("report").until(() -> reports(camera, "too-long").size() == 1);
        }
        try (Camera camera = camera()) {
            byte[] request = Http.post("/a", tooLong.xml());
            assertThat(camera.send(request).answer().status()).isEqualTo(413);
        }
        folder.assertHolds(next.hashes());
    }

    @Test
    void floodOfBadConnectionsIsNoFloodOfTheLog() {
        int connections = 300;
        for (int i = 0; i < connections; i++) {
            try (Camera camera = Camera.connect(gateway.cameraPort(), "127.0.2.1")) {
                camera.send("no packet");
            } catch (UncheckedIOException refused) {
                // More than may be connected at a time.
            }
        }
        eventually("room for a camera").until(() -> {
            try (Camera camera = camera()) {
                return !camera.isClosedWithin(Duration.ofMillis(100));
            }
        });
        gateway.awaitLog(Eventually.SOON, "rejected", "peer=\"127.0.2.1:", "reason=\"unknown-format\"");
        // Each of the three kinds of lines may come ten times a second.
        assertThat(gateway.logLines("peer=\"127.0.2.1:").size()).isBetween(3, connections);
    }
}
