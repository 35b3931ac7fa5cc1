package io.framegate.intake;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limit on open files, which connections share with the files of images. */
public final class Descriptors {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate");

    /** For listeners, event loops, files, targets, and the pages. */
    private static final int RESERVE = 100;

    private Descriptors() {}

    /**
     * The number of connections that leaves enough descriptors for everything else; warns if it is below the wanted
     * one.
     */
    public static int maxConnections(int wanted) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return wanted;
        }
        long limit = system.getMaxFileDescriptorCount();
        long open = system.getOpenFileDescriptorCount();
        int fits = fitting(wanted, limit, open);
        if (fits < wanted) {
            LOG.atWarn()
                    .addKeyValue("open-files", limit)
                    .addKeyValue("framegate.intake.max-connections", wanted)
                    .addKeyValue("connections", fits)
                    .log("too few open files: fewer connections (expected: ulimit -n " + (wanted + open + RESERVE)
                            + ")");
        }
        return fits;
    }

    static int fitting(int wanted, long limit, long open) {
        return limit <= 0 ? wanted : (int) Math.min(wanted, Math.max(1, limit - open - RESERVE));
    }
}
