package io.framegate.tool.send;

import io.framegate.wire.Frame;
import org.jspecify.annotations.Nullable;

/** Holds the newest frame of a camera, which does not wait, for a receiver that may be slow. Thread-safe. */
final class NewestFrame {

    private final SendReport report;
    private @Nullable Frame frame;
    private boolean ended;
    private @Nullable Throwable failure;

    NewestFrame(SendReport report) {
        this.report = report;
    }

    /** Replaces the frame, and counts the old one as dropped. */
    synchronized void put(Frame newest) {
        if (frame != null) {
            report.dropped.increment();
        }
        frame = newest;
        notifyAll();
    }

    /** Waits for a frame, and returns null after the last one. */
    synchronized @Nullable Frame take() throws Exception {
        while (frame == null && !ended) {
            wait();
        }
        Frame taken = frame;
        frame = null;
        if (taken == null && failure instanceof Exception e) {
            throw e;
        }
        if (taken == null && failure != null) {
            throw new IllegalStateException(failure);
        }
        return taken;
    }

    /** Notes that no more frames come. Only the first call counts. */
    synchronized void end(@Nullable Throwable cause) {
        if (!ended) {
            ended = true;
            failure = cause;
        }
        notifyAll();
    }

    /** Drops the frame that is left. */
    synchronized void drop() {
        if (frame != null) {
            report.dropped.increment();
            frame = null;
        }
    }

    synchronized boolean isEnded() {
        return ended;
    }
}
