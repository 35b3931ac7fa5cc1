package io.framegate.outbox;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The events without images that a target gets: none ({@code false}), all but keep-alives ({@code true}), or these
 * types ({@code alarmStatus, PEA}). Immutable.
 */
public final class EventTypes {

    private static final String KEEPALIVE = "keepalive";

    private final boolean all;
    private final Set<String> types;

    private EventTypes(boolean all, Set<String> types) {
        this.all = all;
        this.types = Set.copyOf(types);
    }

    /** Reads {@code false}, {@code true}, or types separated by commas. */
    public static EventTypes parse(String text) {
        String value = text.strip();
        if (value.equals("true") || value.equals("false")) {
            return new EventTypes(value.equals("true"), Set.of());
        }
        Set<String> types =
                Arrays.stream(value.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        return new EventTypes(false, types);
    }

    boolean isNone() {
        return !all && types.isEmpty();
    }

    boolean contains(String type) {
        return all ? !type.equals(KEEPALIVE) : types.contains(type);
    }
}
