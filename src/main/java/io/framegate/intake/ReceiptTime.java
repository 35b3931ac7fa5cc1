package io.framegate.intake;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The time at which a packet was received, and its text in {@link FramegateHeaders#RECEIVED_AT}. Kept as a property
 * beside the header, because the JVM compiles the parser of times for a second while cameras already send.
 */
public record ReceiptTime(Instant time, String text) {

    private static final String PROPERTY = "FramegateReceiptTime";

    /** Sets the header to this time. */
    static void set(Exchange exchange, Instant time) {
        String text = time.toString();
        exchange.setProperty(PROPERTY, new ReceiptTime(time, text));
        exchange.getMessage().setHeader(FramegateHeaders.RECEIVED_AT, text);
    }

    /**
     * The time in the header, or null without the header.
     *
     * @throws java.time.format.DateTimeParseException if a route has set the header to another text
     */
    public static @Nullable Instant of(Exchange exchange) {
        String text = exchange.getMessage().getHeader(FramegateHeaders.RECEIVED_AT, String.class);
        if (text == null) {
            return null;
        }
        Object received = exchange.getProperty(PROPERTY);
        // A route may have changed the header.
        return received instanceof ReceiptTime kept && kept.text.equals(text) ? kept.time : Instant.parse(text);
    }
}
