package io.framegate.intake;

import java.util.Locale;

/** Why a connection was closed at once. The metrics use its {@link #tag()}. */
public enum Refusal {
    /** All listeners together have the maximum number of connections. */
    MAX_CONNECTIONS,
    /** The peer's address has its maximum number of connections. */
    MAX_CONNECTIONS_PER_PEER,
    /** The peer's address is banned for a while after too many rejects. */
    BANNED;

    /** The reason in kebab-case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
