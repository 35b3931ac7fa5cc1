package io.framegate.it.target;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.it.support.GatewayProcess;
import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.PacedCamera;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A target that is away for half a minute under load, while the gateway is killed three times: everything arrives
 * within a minute of its return, in the order of each camera, and neither another target nor the cameras notice.
 */
@Tag("faults")
class TargetAwayIT {

    private static final int CAMERAS = 4;
    private static final int KILLS = 3;
    private static final int IMAGE_SIZE = 20_000;
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration AWAY = Duration.ofSeconds(30);
    private static final Duration ARRIVES = Duration.ofMinutes(1);
    private static final Duration OTHER_TARGET = Duration.ofSeconds(20);

    private final Random random = new Random();

    private final List<PacedCamera> cameras = new ArrayList<>();

    @AfterEach
    void stopSending() {
        cameras.forEach(PacedCamera::close);
    }

    @ParameterizedTest
    @EnumSource
    void everythingArrivesInOrderAndNobodyElseNotices(Target target, @TempDir Path directory) {
        try (TargetServer server = target.server(directory.resolve("server"));
                GatewayProcess gateway = DeliverIT.gateway(target, server, directory)
                        .with("framegate.deliver.file.enabled", "true")
                        .with("framegate.deliver.max-retry-delay", "10s")
                        .keepingPorts()) {
            ImageFolder stored = gateway.images();
            ImageFolder other = new ImageFolder(gateway.directory().resolve("delivered"));
            server.start();
            gateway.start();
            for (int number = 0; number < CAMERAS; number++) {
                cameras.add(new PacedCamera(gateway::cameraPort, number, IMAGE_SIZE, INTERVAL));
            }
            // What is listed may have got its name by the time it is read.
            eventually("under load", ARRIVES)
                    .ignoreExceptions()
                    .until(() -> hashes(server).size() > 20);

            server.stop();
            long away = System.nanoTime();
            for (int kill = 0; kill < KILLS; kill++) {
                pause(Duration.ofMillis(3_000 + random.nextInt(3_000)));
                gateway.kill();
                gateway.start();
            }
            Set<String> accepted = accepted();
            eventually("at the other target", OTHER_TARGET)
                    .untilAsserted(() -> assertThat(other.look().values()).containsAll(accepted));
            pause(AWAY.minusNanos(System.nanoTime() - away));
            eventually("cameras go on", ARRIVES).until(() -> accepted().size() > accepted.size());
            Set<String> whileAway = accepted();

            server.start();
            eventually("arrived", ARRIVES)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptionsMatching(failure -> !(failure instanceof OutOfOrder))
                    .until(() -> inOrder(server).containsAll(whileAway));
            stopSending();
            assertThat(stored.look().values()).containsAll(accepted());
            assertThat(begun()).containsAll(stored.look().values());
            Set<String> all = new HashSet<>(stored.look().values());
            eventually("the last ones", ARRIVES).ignoreExceptions().untilAsserted(() -> assertThat(hashes(server))
                    .isEqualTo(all));
            if (target.takesMetadata()) {
                assertThat(server.delivered().stream().map(DeliverIT::id).distinct())
                        .as("what came twice has the same id")
                        .hasSameSizeAs(all);
            }
        }
    }

    private static void pause(Duration time) {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS))
                .join();
    }

    private Set<String> accepted() {
        return cameras.stream().flatMap(camera -> camera.accepted().stream()).collect(Collectors.toSet());
    }

    private Set<String> begun() {
        return cameras.stream().flatMap(camera -> camera.begun().stream()).collect(Collectors.toSet());
    }

    private static Set<String> hashes(TargetServer server) {
        return server.delivered().stream().map(DeliverIT::hash).collect(Collectors.toSet());
    }

    /**
     * What has arrived. When an image had arrived, those that its camera sent before and that were accepted have too.
     */
    private Set<String> inOrder(TargetServer server) {
        Set<String> earlier = hashes(server);
        Set<String> now = hashes(server);
        for (PacedCamera camera : cameras) {
            List<String> accepted = camera.accepted();
            int last = -1;
            for (int at = 0; at < accepted.size(); at++) {
                last = earlier.contains(accepted.get(at)) ? at : last;
            }
            for (int at = 0; at < last; at++) {
                if (!now.contains(accepted.get(at))) {
                    throw new OutOfOrder("camera's image " + at + " is missing although " + last + " has arrived");
                }
            }
        }
        return now;
    }

    private static final class OutOfOrder extends IllegalStateException {
        private static final long serialVersionUID = 1;

        OutOfOrder(String message) {
            super(message);
        }
    }
}
