package io.framegate.store.quarantine;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.LogLimit;
import io.framegate.log.Reason;
import io.framegate.store.disk.FullDisk;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a copy of a rejected packet that cannot be written: on a full disk, makes room and tries again once; then
 * drops the copy and logs a line. A copy stops no camera, but the sender is not told that everything is stored
 * ({@link RejectedCopy#isLost}). Thread-safe.
 */
public final class DroppedRejects implements Predicate, Processor {

    /** The cause for which a copy is dropped. */
    enum Cause {
        LIMIT,
        DISK_FULL,
        NO_INODES,
        WRITE_ERROR;

        String tag() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.rejected");

    /** Less free space than this explains a failed write. */
    private static final long HARDLY_ANY = 256 << 10;

    private static final String TRIED = "FramegateQuarantineTried";

    private final QuarantineSpace space;
    private final Map<Cause, AtomicLong> counts = new EnumMap<>(Cause.class);
    private final LogLimit lines = new LogLimit();

    /** Makes room in this quarantine. */
    public DroppedRejects(QuarantineSpace space) {
        this.space = space;
        for (Cause cause : Cause.values()) {
            counts.put(cause, new AtomicLong());
        }
    }

    /** The number of copies that were dropped for this cause since the start. */
    long count(Cause cause) {
        return Objects.requireNonNull(counts.get(cause)).get();
    }

    /** Whether to try again to write a file, for {@code retryWhile}. */
    @Override
    public boolean matches(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (!FullDisk.isReasonOf(failure) || exchange.getProperty(TRIED) != null) {
            return false;
        }
        exchange.setProperty(TRIED, true);
        return cause(failure) == Cause.NO_INODES ? space.makeRoomForFiles() : space.makeRoom(HARDLY_ANY);
    }

    /** Drops a copy if one of its files could not be written. */
    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        RejectedCopy begun = RejectedCopy.of(exchange);
        // A step of the route before the copy may fail too.
        RejectedCopy copy = begun == null ? RejectedCopy.begin(exchange, false) : begun;
        drop(exchange.getMessage(), cause(failure), failure == null ? "" : Reason.of(failure), copy);
    }

    private Cause cause(@Nullable Exception failure) {
        if (!FullDisk.isReasonOf(failure)) {
            return Cause.WRITE_ERROR;
        }
        return space.directory().toFile().getUsableSpace() < HARDLY_ANY ? Cause.DISK_FULL : Cause.NO_INODES;
    }

    /** Counts and logs a dropped copy, once for all files of the copy. */
    void drop(Message message, Cause cause, String failure, RejectedCopy copy) {
        if (!copy.drop()) {
            return;
        }
        Objects.requireNonNull(counts.get(cause)).incrementAndGet();
        String host = message.getHeader(FramegateHeaders.PEER_HOST, "", String.class);
        lines.log(host, suppressed -> LOG.atWarn()
                .addKeyValue("peer", message.getHeader(FramegateHeaders.PEER))
                .addKeyValue("reason", copy.reason())
                .addKeyValue("cause", cause.tag())
                .addKeyValue("failure", failure)
                .addKeyValue("suppressed", suppressed)
                .log("rejected, and no copy kept"));
    }
}
