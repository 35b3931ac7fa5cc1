package io.framegate.intake;

import java.util.Locale;

/** The reason for which a connection was closed before its first packet. The metrics use its {@link #tag()}. */
public enum Refusal {
    /** All listeners together have the maximum number of connections. */
    MAX_CONNECTIONS,
    /** The peer's address has its maximum number of connections. */
    MAX_CONNECTIONS_PER_PEER,
    /** The heap has no room for more connections with TLS. */
    MAX_TLS_CONNECTIONS,
    /** The peer's address is banned for some time after too many rejects. */
    BANNED,
    /** The peer's address is not in the listener's allow-list. */
    NOT_ALLOWED,
    /** The peer is not one of the listener's proxies, or sent no valid PROXY header in time. */
    PROXY_HEADER,
    /** The TLS handshake failed. */
    TLS_HANDSHAKE;

    /** The reason in kebab-case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
