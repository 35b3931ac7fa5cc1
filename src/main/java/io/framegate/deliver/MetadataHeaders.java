package io.framegate.deliver;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes texts of an image's headers, so that they mean the same to every receiver: a number is its digits, a map is JSON.
 * Thread-safe.
 */
public final class MetadataHeaders implements Processor {

    private boolean ascii;

    /** Whether the protocol carries ASCII only; then all else, and {@code %}, is percent-encoded UTF-8. */
    public void setAscii(boolean ascii) {
        this.ascii = ascii;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        MetadataText.of(message)
                .forEach((name, text) -> message.setHeader(name, ascii ? MetadataText.ascii(text) : text));
    }
}
