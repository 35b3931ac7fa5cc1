package io.framegate.image;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Limits the pixels that are decoded at the same time. A pixel uses up to 12 bytes, and all of them together use at
 * most a quarter of the heap. Without this limit, a PNG of 1 KB that has 9 million white pixels fills a small heap.
 * Thread-safe.
 */
final class PixelBudget {

    /** The bytes of a pixel that is decoded with 16 bits a sample and copied for the encoder. */
    private static final int BYTES = 12;

    static final PixelBudget OF_HEAP = new PixelBudget(Runtime.getRuntime().maxMemory() / 4 / BYTES);

    private final int most;
    private final Semaphore free;

    PixelBudget(long most) {
        this.most = (int) Math.min(Integer.MAX_VALUE, most);
        // Fair, or small pictures would overtake a large one forever.
        this.free = new Semaphore(this.most, true);
    }

    /** The work that needs the pixels. */
    @FunctionalInterface
    interface Work {
        byte[] run() throws IOException;
    }

    /** Does the work when there is room for the pixels. Throws if there never is. */
    byte[] with(long pixels, Work work) throws IOException {
        if (pixels > most) {
            throw new IOException("image of " + pixels + " pixels (expected: <= " + most
                    + ", for which a quarter of the heap has room)");
        }
        free.acquireUninterruptibly((int) pixels);
        try {
            return work.run();
        } finally {
            free.release((int) pixels);
        }
    }
}
