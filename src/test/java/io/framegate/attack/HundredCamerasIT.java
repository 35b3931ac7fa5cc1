package io.framegate.attack;

import static io.framegate.attack.Pieces.endless;
import static io.framegate.attack.Pieces.once;
import static io.framegate.attack.Pieces.repeated;

import io.framegate.it.support.ImageFolder;
import io.framegate.it.support.PacedCamera;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A site at work, 20 MB a second on a heap of 64 MB, beside attackers of several kinds. */
@Tag("attack")
@ExtendWith(AttackTable.class)
class HundredCamerasIT {

    private static final int CAMERAS = 100;
    private static final int PICTURE = 150_000;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    @Test
    void loseNothingBesideAttackers() throws Exception {
        List<PacedCamera> cameras = new ArrayList<>();
        try (AttackRun run = new AttackRun("100 cameras of 200 KB a second, and attackers", "64m", directory)) {
            ImageFolder folder = run.gateway().images();
            run.beside(() -> {
                // The port is known once the gateway runs. One more each time, so that they do not send all at once.
                if (cameras.size() < CAMERAS) {
                    for (int i = 0; i < CAMERAS / 10; i++) {
                        int number = cameras.size();
                        String address = "127.0.1." + (1 + number);
                        cameras.add(new PacedCamera(
                                run.gateway()::cameraPort, address, 2 + number % 90, PICTURE, INTERVAL));
                    }
                }
                folder.lookAndDelete();
            });
            run.afterwards(() -> leave(cameras));
            run.withPacketsToTake(20);
            run.attack(
                    Attack.on(12, once(Pieces.half(12 << 20))),
                    Attack.on(50, endless(repeated("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")))
                            .withoutReading(),
                    Attack.on(20, endless(repeated("<a/>"))));
            List<String> begun = cameras.stream()
                    .map(PacedCamera::begun)
                    .flatMap(List::stream)
                    .toList();
            List<String> accepted = cameras.stream()
                    .map(PacedCamera::accepted)
                    .flatMap(List::stream)
                    .toList();
            run.facts().assertThat(begun.size()).as("sent").isGreaterThan(10 * CAMERAS);
            run.facts()
                    .assertThat(accepted.size())
                    .as("accepted, of those sent")
                    .isEqualTo(begun.size());
            Set<String> stored = new HashSet<>(folder.lookAndDelete().values());
            run.facts()
                    .assertThat(accepted.stream().filter(hash -> !stored.contains(hash)))
                    .as("accepted and not stored")
                    .isEmpty();
        }
    }

    /** All at the same time: each waits for its last answer. */
    private static void leave(List<PacedCamera> cameras) {
        ExecutorService threads = Executors.newFixedThreadPool(CAMERAS);
        CompletableFuture.allOf(cameras.stream()
                        .map(camera -> CompletableFuture.runAsync(camera::close, threads))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        threads.shutdown();
    }
}
