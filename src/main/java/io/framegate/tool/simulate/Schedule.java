package io.framegate.tool.simulate;

/**
 * When each packet is meant to be sent, whatever became of those before it: a gateway that stalls is not spared the packets
 * it was to get meanwhile. Cameras are spread evenly over the interval.
 *
 * @param startNanos on the clock of {@link System#nanoTime}
 * @param endNanos nothing is due then or later
 */
record Schedule(long startNanos, long endNanos, int cameras, Rate rate) {

    /** When a camera's packet is due; at the highest rate always now. */
    long due(int camera, long sequence, long now) {
        if (rate.isMax()) {
            return now;
        }
        long interval = rate.intervalNanos();
        return startNanos + interval * sequence + (long) ((double) interval * camera / cameras);
    }

    boolean isOver(long due) {
        return due - endNanos >= 0;
    }

    /** How many packets of a camera are due in all, from this one on; 0 at the highest rate, where none is. */
    long remaining(int camera, long sequence) {
        long first = due(camera, sequence, endNanos);
        return isOver(first) ? 0 : (endNanos - first + rate.intervalNanos() - 1) / rate.intervalNanos();
    }
}
