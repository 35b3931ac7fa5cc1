package io.framegate.tool.simulate;

/**
 * The time at which each packet is due. It does not depend on earlier packets: a gateway that stalls still gets all
 * packets. The cameras are spread evenly over the interval.
 *
 * @param startNanos the start, on the clock of {@link System#nanoTime}
 * @param endNanos the end, exclusive
 */
record Schedule(long startNanos, long endNanos, int cameras, Rate rate) {

    /** Returns when a packet of a camera is due; at the rate {@code max} always now. */
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

    /** Returns how many packets of a camera are due from this one on; 0 at the rate {@code max}, where none is due. */
    long remaining(int camera, long sequence) {
        long first = due(camera, sequence, endNanos);
        return isOver(first) ? 0 : (endNanos - first + rate.intervalNanos() - 1) / rate.intervalNanos();
    }
}
