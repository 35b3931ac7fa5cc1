package io.framegate.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Passes the failures that libraries log to {@link OutOfMemory}, including those below the log level. */
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
            // SLF4J treats the last parameter as the failure if the format has no placeholder for it.
            Object last = parameters[parameters.length - 1];
            OutOfMemory.endIfIn(last instanceof Throwable logged ? logged : null);
        }
        return FilterReply.NEUTRAL;
    }
}
