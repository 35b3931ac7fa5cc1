package io.framegate.tool.send;

import io.framegate.wire.Frame;
import org.jspecify.annotations.Nullable;

/** The place between a camera that does not wait and a receiver that may be slow: it holds one frame. Thread-safe. */
final class NewestFrame {

    private final SendReport report;
    private @Nullable Frame frame;
    private boolean ended;
    private @Nullable Throwable failure;

    NewestFrame(SendReport report) {
        this.report = report;
    }

    /** Puts a frame in the place of the one that nobody took. */
    synchronized void put(Frame newest) {
        if (frame != null) {
            report.countDropped();
        }
        frame = newest;
        notifyAll();
    }

    /** Waits for a frame; null if there are no more. */
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

    /** No more frames come. Only the first end counts. */
    synchronized void end(@Nullable Throwable cause) {
        if (!ended) {
            ended = true;
            failure = cause;
        }
        notifyAll();
    }

    /** Gives the frame up that nobody is going to take. */
    synchronized void drop() {
        if (frame != null) {
            report.countDropped();
            frame = null;
        }
    }

    synchronized boolean isEnded() {
        return ended;
    }
}
