package io.framegate.receive;

import io.framegate.intake.FramegateHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.event.Level;

/** Logs one line for a repeated event, which is not stored again. Thread-safe. */
public final class RepeatedEventLog implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        EventLog.line(Level.INFO, message)
                .addKeyValue("images", message.getHeader(FramegateHeaders.IMAGE_COUNT))
                .log("event repeated");
    }
}
