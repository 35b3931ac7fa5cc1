package io.framegate.store;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Replaces the body with the image's headers as JSON, for a file next to the image. Stateless. */
public final class Sidecar implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(MetadataDocument.json(MetadataDocument.of(message.getHeaders())));
    }
}
