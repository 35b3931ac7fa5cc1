package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.MetadataDocument;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Creates the JSON document of an image: its metadata, and the address at which readers find the image. Thread-safe.
 */
final class EventDocument {

    /** The id of the JSON Schema that every document conforms to, with its version. */
    static final String SCHEMA = "urn:framegate:schema:event:1";

    private final Template reference;

    /** Creates documents with this reference, a text with simple expressions. */
    EventDocument(String reference) {
        this.reference = Template.parse(reference);
    }

    /** Whether a message's body is a document and not an image. */
    static boolean isIn(Message message) {
        return FramegateHeaders.JSON.equals(message.getHeader(FramegateHeaders.CONTENT_TYPE));
    }

    /** The document of an image; the body if it is a document already. */
    byte[] of(Exchange exchange) {
        Message message = exchange.getMessage();
        if (isIn(message)) {
            return message.getBody(byte[].class);
        }
        SortedMap<String, Object> document = MetadataDocument.of(message.getHeaders());
        document.putAll(MetadataDocument.of(
                Map.of(FramegateHeaders.REFERENCE, reference.text(exchange, UnaryOperator.identity()))));
        return MetadataDocument.json(document);
    }
}
