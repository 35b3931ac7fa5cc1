package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is not delivered is always somewhere, also while it goes from one place to the next. */
@Timeout(60)
class UndeliveredTest {

    private static final int ROUNDS = 1000;

    @TempDir
    private Path directory = Path.of(".");

    /** Refused, wanted again and taken up again and again, from what would be three threads and another process. */
    private static void goRound(Outbox outbox, AtomicBoolean over) {
        try {
            ClaimLog log = outbox.log("ftp");
            Claim claim = new Claim("image_1.jpg", Map.of());
            log.settle(log.append(claim));
            long number = 0;
            while (!over.get()) {
                number = Objects.requireNonNull(log.await(number)).number();
                outbox.setAside("ftp").add("1-x", claim, "550");
                log.done(number);
                outbox.setAside("ftp").retry("1-x");
                outbox.resumeSetAside("ftp");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aClaimOnItsWayIsNeverNowhere() throws IOException {
        AtomicBoolean over = new AtomicBoolean();
        try (Outbox outbox = new Outbox(directory, List.of("ftp"), Durability.NONE)) {
            ClaimLog log = outbox.log("ftp");
            log.settle(log.append(new Claim("image_0.jpg", Map.of())));
            log.done(0);
            CompletableFuture<Void> mover = CompletableFuture.runAsync(() -> goRound(outbox, over));
            await().atMost(Duration.ofSeconds(5)).until(() -> log.waiting() > 0);
            for (int round = 0; round < ROUNDS; round++) {
                List<String> paths = new ArrayList<>();
                outbox.undelivered(paths::add);
                assertThat(paths).as("round %d", round).contains("image_1.jpg");
            }
            over.set(true);
            mover.join();
        }
    }

    @Test
    void aTargetThatIsSwitchedOffWantsNothing() throws IOException {
        try (Outbox outbox = new Outbox(directory, List.of("ftp"), Durability.NONE)) {
            ClaimLog log = outbox.log("ftp");
            log.settle(log.append(new Claim("image_1.jpg", Map.of())));
        }
        List<String> paths = new ArrayList<>();
        try (Outbox outbox = new Outbox(directory, List.of(), Durability.NONE)) {
            outbox.undelivered(paths::add);
        }
        assertThat(paths).isEmpty();
    }
}
