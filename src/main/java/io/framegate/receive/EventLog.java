package io.framegate.receive;

import io.framegate.intake.FramegateHeaders;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs one line for each event: the sender, times, hash, and the outcome of each image. Events without images are
 * logged at debug level, because a camera may send many of them in a second. Thread-safe.
 */
public final class EventLog implements Processor {

    private static final String NO_COPY = "document not well-formed, and no copy of it could be kept";

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.events");

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        List<ImageOutcome> outcomes = ImageOutcomes.of(exchange);
        Exception failure = outcomes.stream()
                .map(ImageOutcome::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        boolean lost = ImageOutcomes.isLost(exchange);
        Level level = failure != null || lost ? Level.ERROR : outcomes.isEmpty() ? Level.DEBUG : Level.INFO;
        LoggingEventBuilder line = line(level, message)
                .addKeyValue("base64", joined(outcomes, ImageOutcome::encodedLength))
                .addKeyValue("stored", joined(outcomes, ImageOutcome::storedPath))
                .addKeyValue("skipped", joined(outcomes, ImageOutcome::skippedRole))
                .addKeyValue("rejected", joined(outcomes, ImageOutcome::rejected));
        Long latency = message.getHeader(FramegateHeaders.LATENCY, Long.class);
        if (latency != null) {
            line = line.addKeyValue("latencyMillis", latency);
        }
        if (failure == null && !lost) {
            line.log("event accepted");
        } else {
            line.addKeyValue("failure", failure == null ? NO_COPY : failure.getMessage())
                    .log(lost ? "event not stored" : "event stored, a step after that failed");
        }
    }

    /** Begins a line with the sender, the event and its times. */
    static LoggingEventBuilder line(Level level, Message message) {
        return LOG.atLevel(level)
                .addKeyValue("peer", message.getHeader(FramegateHeaders.PEER))
                .addKeyValue("camera", message.getHeader(FramegateHeaders.CAMERA_ID))
                .addKeyValue("type", message.getHeader(FramegateHeaders.EVENT_TYPE))
                .addKeyValue("captured", message.getHeader(FramegateHeaders.CAPTURED_AT))
                .addKeyValue("received", message.getHeader(FramegateHeaders.RECEIVED_AT))
                .addKeyValue("sha256", message.getHeader(FramegateHeaders.PACKET_SHA256))
                .addKeyValue("bytes", message.getHeader(FramegateHeaders.PACKET_LENGTH));
    }

    private static String joined(List<ImageOutcome> outcomes, Function<ImageOutcome, @Nullable Object> part) {
        return outcomes.stream()
                .map(part)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining(","));
    }
}
