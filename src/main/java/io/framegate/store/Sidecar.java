package io.framegate.store;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes the body what is known of the image: its headers as JSON, for a file beside it. Stateless. */
public final class Sidecar implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(Metadata.json(Metadata.of(message.getHeaders())));
    }
}
