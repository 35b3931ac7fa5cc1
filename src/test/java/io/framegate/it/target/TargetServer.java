package io.framegate.it.target;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A place that images are delivered to: a real server, with a user and a password if it knows any, on a port of its
 * own.
 */
public interface TargetServer extends AutoCloseable {

    /** The user that each server knows. */
    String USER = "framegate";

    /** Starts it, again on the same port after it was stopped, and waits until it serves. */
    void start();

    /** Ends it abruptly; it keeps what it has. */
    void stop();

    /** The gateway's properties that point at it. */
    Map<String, String> properties();

    /** What has arrived whole, in no order; asked of a server that is stopped, what had arrived until then. */
    List<Delivered> delivered();

    /** How long an image may be; longer ones are refused for good. */
    default int maxLength() {
        return Integer.MAX_VALUE;
    }

    /**
     * Refuses these images from now on, for good.
     *
     * @throws UnsupportedOperationException if length is the only thing that this server refuses for
     */
    void refuse(Predicate<String> names);

    @Override
    void close();
}
