package io.framegate.receive;

import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.event.Level;

/** Writes one line for an event that was accepted before and is not stored again. Thread-safe. */
public final class RepetitionLog implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        EventLog.line(Level.INFO, message)
                .addKeyValue("images", message.getHeader(FramegateHeaders.IMAGE_COUNT))
                .log("event repeated");
    }
}
