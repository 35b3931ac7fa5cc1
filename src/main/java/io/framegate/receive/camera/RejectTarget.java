package io.framegate.receive.camera;

/** Where rejected packets and images go. */
public enum RejectTarget {
    /** Files of {@code framegate.quarantine.directory}, as the gateway keeps them. */
    QUARANTINE,

    /** The route. */
    ROUTE
}
