package io.framegate.intake;

import io.framegate.intake.memory.MemoryBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Allocates Netty's adaptive receive buffers. While most of the memory is used, allocates a single small buffer for
 * each read: every connection that has bytes reads once more before it stops, and thousands of connections would
 * together exceed the limit. Thread-safe.
 */
final class ReceiveBuffers implements RecvByteBufAllocator {

    private static final int SMALL = 1024;

    private final RecvByteBufAllocator adaptive = new AdaptiveRecvByteBufAllocator();
    private final MemoryBudget memory;

    ReceiveBuffers(MemoryBudget memory) {
        this.memory = memory;
    }

    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new Limited(adaptive.newHandle());
    }

    @SuppressWarnings("deprecation")
    private final class Limited extends DelegatingHandle implements ExtendedHandle {

        Limited(Handle adaptive) {
            super(adaptive);
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        @Override
        public int guess() {
            int guess = delegate().guess();
            return memory.isTight() ? Math.min(guess, SMALL) : guess;
        }

        @Override
        public boolean continueReading() {
            return !memory.isTight() && delegate().continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return !memory.isTight()
                    && (delegate() instanceof ExtendedHandle extended
                            ? extended.continueReading(maybeMore)
                            : delegate().continueReading());
        }
    }
}
