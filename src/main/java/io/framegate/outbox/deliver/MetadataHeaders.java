package io.framegate.outbox.deliver;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Converts an image's headers to text, so that all receivers read the same: a number is its digits, a map is JSON.
 * Thread-safe.
 */
public final class MetadataHeaders implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        MetadataText.of(message).forEach(message::setHeader);
    }
}
