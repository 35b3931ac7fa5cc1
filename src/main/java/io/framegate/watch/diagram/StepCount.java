package io.framegate.watch.diagram;

import java.util.concurrent.atomic.LongAdder;

/** How many exchanges a step has taken, and what became of them. Thread-safe; each figure is exact, but they are not read at one moment. */
final class StepCount {

    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();

    void begin() {
        begun.increment();
    }

    void end(boolean failure) {
        if (failure) {
            failed.increment();
        }
        ended.increment();
    }

    /** Those that left the step, failed or not. */
    long total() {
        return ended.sum();
    }

    long failed() {
        return failed.sum();
    }

    /** Those that are in the step now. What ends between the two sums must not make it less than none. */
    long inFlight() {
        long over = ended.sum();
        return Math.max(0, begun.sum() - over);
    }
}
