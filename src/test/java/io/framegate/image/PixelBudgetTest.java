package io.framegate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PixelBudgetTest {

    private final PixelBudget budget = new PixelBudget(100);

    @Test
    void pictureThatNeverHasRoomIsRefused() throws IOException {
        assertThatThrownBy(() -> budget.with(101, () -> new byte[1]))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("image of 101 pixels (expected: <= 100");
        assertThat(budget.with(100, () -> new byte[1])).hasSize(1);
    }

    @Test
    void pictureWaitsForTheRoomOfAnother() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        CompletableFuture<byte[]> first = CompletableFuture.supplyAsync(() -> with(60, begun, ends));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        CountDownLatch second = new CountDownLatch(1);
        CompletableFuture<byte[]> waits = CompletableFuture.supplyAsync(() -> with(60, second, new CountDownLatch(0)));
        assertThat(second.getCount()).isOne();
        ends.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).hasSize(1);
        assertThat(waits.get(10, TimeUnit.SECONDS)).hasSize(1);
    }

    private byte[] with(long pixels, CountDownLatch begun, CountDownLatch ends) {
        try {
            return budget.with(pixels, () -> {
                begun.countDown();
                try {
                    ends.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return new byte[1];
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
