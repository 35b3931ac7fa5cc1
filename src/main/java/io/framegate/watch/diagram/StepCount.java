package io.framegate.watch.diagram;

import java.util.concurrent.atomic.LongAdder;

/** Counts the exchanges of a step. Thread-safe; each figure is exact, but they are not read at the same moment. */
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

    /** Exchanges that have left the step, failed ones included. */
    long total() {
        return ended.sum();
    }

    long failed() {
        return failed.sum();
    }

    /** Exchanges in the step. Never negative, although some may end between the two reads. */
    long inFlight() {
        long over = ended.sum();
        return Math.max(0, begun.sum() - over);
    }
}
