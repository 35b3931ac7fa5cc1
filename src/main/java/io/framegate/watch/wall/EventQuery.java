package io.framegate.watch.wall;

import io.framegate.settings.Numbers;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events that a request asks for; null matches any. Immutable.
 *
 * @param since inclusive
 * @param until exclusive
 */
record EventQuery(
        @Nullable String camera, @Nullable String type, @Nullable Instant since, @Nullable Instant until, int limit)
        implements Predicate<WallEvent> {

    static final int MOST = 500;

    private static final int USUAL = 50;
    private static final int SHOWN = 64;

    /**
     * Reads the parameters of a request.
     *
     * @throws IllegalArgumentException with one line, if a value is invalid
     */
    static EventQuery of(MultiMap parameters) {
        Instant since = time("since", parameters.get("since"));
        Instant until = time("until", parameters.get("until"));
        if (since != null && until != null && !since.isBefore(until)) {
            throw refused("until", String.valueOf(parameters.get("until")), "a time after since");
        }
        return new EventQuery(
                parameters.get("camera"), parameters.get("type"), since, until, limit(parameters.get("limit")));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        int limit = text.matches("[0-9]{1,9}") ? (int) Numbers.parse(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw refused("limit", text, "a number from 1 to " + MOST);
        }
        return limit;
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused(name, text, "a time, like 2026-03-29T07:58:21Z; a + in it is written %2B");
        }
    }

    private static IllegalArgumentException refused(String name, String text, String expected) {
        String shown = text.substring(0, Math.min(text.length(), SHOWN)).replaceAll("\\p{Cntrl}", "?");
        return new IllegalArgumentException(name + ": " + shown + " (expected: " + expected + ")");
    }

    @Override
    public boolean test(WallEvent event) {
        return (camera == null || event.camera().equals(camera))
                && (type == null || event.type().equals(type))
                && (since == null || !event.at().isBefore(since))
                && (until == null || event.at().isBefore(until));
    }
}
