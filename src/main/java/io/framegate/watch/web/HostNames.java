package io.framegate.watch.web;

import io.netty.util.NetUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The host names that a request may use. A foreign page can point its own name to 127.0.0.1 (DNS rebinding); the
 * browser then treats this server as that page's own. Only names can be redirected, so every address is accepted.
 * Immutable.
 */
final class HostNames {

    private static final String LOCALHOST = "localhost";

    private final String configured;

    /** Accepts the usual names of this machine, and the name that it listens on. */
    HostNames(String configured) {
        this.configured = configured.toLowerCase(Locale.ROOT);
    }

    /** Returns whether a host is accepted. Null is accepted, because every browser sends a host. */
    boolean contain(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(LOCALHOST)
                || name.endsWith("." + LOCALHOST)
                || name.equals(configured)
                || NetUtil.isValidIpV4Address(name)
                || NetUtil.isValidIpV6Address(name);
    }
}
