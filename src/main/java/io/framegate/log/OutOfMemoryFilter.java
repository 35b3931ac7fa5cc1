package io.framegate.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Passes the failures that libraries log, also those below the level of the log, to {@link OutOfMemory}. */
final class OutOfMemoryFilter extends TurboFilter {

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        OutOfMemory.endIfIn(failure);
        if (parameters != null && parameters.length > 0) {
            // SLF4J takes the last parameter for the failure if no place in the format is for it.
            Object last = parameters[parameters.length - 1];
            OutOfMemory.endIfIn(last instanceof Throwable logged ? logged : null);
        }
        return FilterReply.NEUTRAL;
    }
}
