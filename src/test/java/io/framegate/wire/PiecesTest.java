package io.framegate.wire;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PiecesTest {

    private static final int MB = 1 << 20;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Pieces pieces(byte[] bytes, int length) {
        Pieces pieces = new Pieces();
        for (int at = 0; at < bytes.length; at += length) {
            pieces.add(bytes, at, Math.min(bytes.length, at + length));
        }
        return pieces;
    }

    @Test
    void bytesThatAreTakenAreFreed() {
        byte[] bytes = random(3 * MB);
        Pieces pieces = pieces(bytes, 64 << 10);
        assertThat(pieces.take(1000, 2 * MB)).isEqualTo(Arrays.copyOfRange(bytes, 1000, 2 * MB));
        assertThat(pieces.capacity()).isEqualTo(MB);
        assertThat(pieces.take(2 * MB, 3 * MB)).isEqualTo(Arrays.copyOfRange(bytes, 2 * MB, 3 * MB));
        assertThat(pieces.capacity()).isZero();
        assertThat(pieces.length()).isEqualTo(3 * MB);
    }

    /** No memory budget is charged for the moment in which a large frame is held twice. */
    @Test
    void oneLargeFrameAtATimeIsHeldTwice() {
        byte[] bytes = random(2 * MB);
        CompletableFuture<byte[]> taken = new CompletableFuture<>();
        Thread other = new Thread(() -> taken.complete(pieces(bytes, 64 << 10).takeAll()));
        Pieces.LARGE_COPY.lock();
        try {
            other.start();
            eventually("the other waits").until(() -> Pieces.LARGE_COPY.hasQueuedThread(other));
            byte[] small = random(1000);
            assertThat(pieces(small, 100).takeAll()).isEqualTo(small);
        } finally {
            Pieces.LARGE_COPY.unlock();
        }
        assertThat(taken.join()).isEqualTo(bytes);
    }
}
