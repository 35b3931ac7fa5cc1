package io.framegate.receive.camera;

/** The destination of rejected packets and images. */
public enum RejectTarget {
    /** Files of {@code framegate.quarantine.directory}, as the gateway keeps them. */
    QUARANTINE,

    /** The route. */
    ROUTE
}
