package io.framegate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.Camera;
import io.framegate.it.support.CameraPacket;
import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.Http;
import io.framegate.it.support.ImageFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A camera that missed its answer and sends again is answered, and its event is stored once, also by the next process.
 */
@Execution(ExecutionMode.CONCURRENT)
class DeduplicateIT {

    @TempDir
    private Path directory;

    private static void post(GatewayProcess gateway, CameraPacket packet) {
        try (Camera camera = gateway.camera()) {
            assertThat(camera.post(packet.xml()).status()).isEqualTo(200);
        }
    }

    @Tag("faults")
    @Test
    void repeatedEventIsStoredOnceAlsoAfterRestartAndKill() {
        List<CameraPacket> packets = new ArrayList<>();
        try (GatewayProcess gateway = new GatewayProcess(directory).with("framegate.deduplicate.window", "10m")) {
            ImageFolder folder = gateway.images();
            for (int start = 0; start < 3; start++) {
                gateway.start();
                CameraPacket fresh = CameraPacket.scene(start, 2_000);
                packets.add(fresh);
                post(gateway, fresh);
                packets.forEach(packet -> post(gateway, packet));
                try (Camera camera = gateway.camera()) {
                    packets.forEach(packet -> camera.send(Http.post("/alarm", packet.xml())));
                    packets.forEach(
                            packet -> assertThat(camera.answer().status()).isEqualTo(200));
                }
                folder.assertHolds(packets.stream()
                        .flatMap(packet -> packet.hashes().stream())
                        .toList());
                assertThat(gateway.logLines("event repeated", "camera=\"02:00:5E:20:00:0" + start + "\""))
                        .hasSize(2);
                if (start == 0) {
                    assertThat(gateway.terminate()).isEqualTo(143);
                } else {
                    gateway.kill();
                }
            }
        }
    }

    @Tag("faults")
    @Test
    void copiesOnTwoConnectionsAreBothAnsweredAndStoredOnce() {
        try (GatewayProcess gateway = new GatewayProcess(directory)
                .with("framegate.deduplicate.window", "10m")
                .start()) {
            ImageFolder folder = gateway.images();
            List<CameraPacket> packets = IntStream.range(0, 40)
                    .mapToObj(number -> CameraPacket.scene(number, 200_000))
                    .toList();
            packets.forEach(packet -> {
                try (Camera one = gateway.camera();
                        Camera other = gateway.camera()) {
                    byte[] request = Http.post("/alarm", packet.xml());
                    one.send(request);
                    other.send(request);
                    assertThat(one.answer().status()).isEqualTo(200);
                    assertThat(other.answer().status()).isEqualTo(200);
                }
            });
            folder.assertHolds(
                    packets.stream().flatMap(packet -> packet.hashes().stream()).toList());
            assertThat(gateway.logLines("event repeated")).hasSize(40);
        }
    }

    @Tag("faults")
    @Test
    void offEveryCopyHasAnImageOfItsOwn() {
        try (GatewayProcess gateway = new GatewayProcess(directory).start()) {
            ImageFolder folder = gateway.images();
            CameraPacket packet = CameraPacket.scene(1, 2_000);
            for (int time = 0; time < 3; time++) {
                post(gateway, packet);
            }
            assertThat(folder.look()).hasSize(3);
            assertThat(folder.look().values()).containsOnly(packet.hashes().get(0));
        }
    }
}
