package io.framegate.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharedForceTest {

    private final AtomicInteger forces = new AtomicInteger();
    private final CountDownLatch disk = new CountDownLatch(1);
    private volatile boolean broken;

    private final SharedForce shared = new SharedForce(() -> {
        int number = forces.incrementAndGet();
        await(disk);
        if (broken && number == 2) {
            throw new IOException("Input/output error");
        }
    });

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One force in flight, and this many threads that wait for the next one. */
    private List<CompletableFuture<Void>> oneAndThenWaiting(int waiting) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        all.add(force());
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> forces.get() == 1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < waiting; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    shared.force();
                    done.complete(null);
                } catch (IOException e) {
                    done.completeExceptionally(e);
                }
            });
            thread.start();
            threads.add(thread);
            all.add(done);
        }
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> threads.stream()
                .allMatch(thread -> thread.getState() == Thread.State.BLOCKED));
        disk.countDown();
        return all;
    }

    private CompletableFuture<Void> force() {
        return CompletableFuture.runAsync(() -> {
            try {
                shared.force();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    @Test
    void thoseWhoComeWhileAForceIsUnderWayShareTheNext() {
        oneAndThenWaiting(8).forEach(CompletableFuture::join);
        assertThat(forces).hasValue(2);
    }

    @Test
    void forceThatFailsFailsForAllWhoSharedItAndForNobodyElse() throws IOException {
        broken = true;
        List<CompletableFuture<Void>> all = oneAndThenWaiting(4);
        all.get(0).join();
        for (CompletableFuture<Void> shared : all.subList(1, 5)) {
            assertThatThrownBy(shared::join).hasRootCauseMessage("Input/output error");
        }
        assertThat(forces).hasValue(2);
        shared.force();
        assertThat(forces).hasValue(3);
    }

    @Test
    void whatIsChangedAfterAForceIsForcedAgain() throws IOException {
        disk.countDown();
        shared.force();
        shared.force();
        assertThat(forces).hasValue(2);
    }
}
