package io.framegate.store.quarantine;

import io.framegate.event.RejectedPacket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The state of the quarantine's copy of a packet or an image, for the routes. Thread-safe. */
public final class RejectedCopy {

    private static final String VARIABLE = "copy";

    private final String reason;
    private final boolean onlyCopy;
    private final boolean refused;
    private final AtomicBoolean dropped = new AtomicBoolean();

    private RejectedCopy(String reason, boolean onlyCopy, boolean refused) {
        this.reason = reason;
        this.onlyCopy = onlyCopy;
        this.refused = refused;
    }

    /** Begins the copy of the exchange's packet or image. The variable {@code copy} holds it from then on. */
    static RejectedCopy begin(Exchange exchange, boolean onlyCopy) {
        RejectedCopy copy = new RejectedCopy(Quarantine.reason(exchange.getMessage()), onlyCopy, isRefused(exchange));
        exchange.setVariable(VARIABLE, copy);
        return copy;
    }

    /** The copy that was made last in this exchange, or null. */
    public static @Nullable RejectedCopy of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, RejectedCopy.class);
    }

    /**
     * Whether the sender is told of the reject in any case: it is a whole packet, and is not accepted together with
     * others.
     */
    private static boolean isRefused(Exchange exchange) {
        return exchange.getVariable(Quarantine.PACKET) == null
                && exchange.getMessage().getBody() instanceof RejectedPacket packet
                && !packet.reason().isAcceptedBesideOthers();
    }

    /** The tag of the reason of the rejection. */
    public String reason() {
        return reason;
    }

    /** Whether no other copy of the image exists. */
    public boolean isOnlyCopy() {
        return onlyCopy;
    }

    /** Whether the copy was dropped and the sender would be told that everything is stored. */
    public boolean isLost() {
        return dropped.get() && !refused;
    }

    /** Returns true once: a copy of two or three files is dropped once. */
    boolean drop() {
        return dropped.compareAndSet(false, true);
    }
}
