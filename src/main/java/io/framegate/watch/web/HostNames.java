package io.framegate.watch.web;

import io.netty.util.NetUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which names of this machine a request may be for. A page from elsewhere can have its own name point to 127.0.0.1 (DNS rebinding),
 * and the browser then takes whatever listens there for that page's own server. Only a name can be made to point elsewhere, so every
 * address is as good as ours. Stateless.
 */
final class HostNames {

    private static final String LOCALHOST = "localhost";

    private final String configured;

    /** Of this machine, and the one it listens on. */
    HostNames(String configured) {
        this.configured = configured.toLowerCase(Locale.ROOT);
    }

    /** Whether a host, an IPv6 address in brackets or not, is one of them; no browser says none. */
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
