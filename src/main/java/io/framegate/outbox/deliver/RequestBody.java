package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import java.io.File;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Makes the body of an HTTP request: the image or document as it is ({@code raw}), or a form ({@code multipart}) whose
 * part {@code event} is the document and whose part {@code image} is the image, if the delivery has one. Thread-safe
 * after configuration.
 */
public final class RequestBody implements Processor {

    private EventDocument document = new EventDocument(Payload.STORED_PATH);
    private boolean multipart;

    /** {@code raw} or {@code multipart}. */
    public void setKind(String kind) {
        multipart = kind.equals("multipart");
    }

    /** The address at which the reader of a form's document finds the image, with simple expressions. */
    public void setReference(String reference) {
        document = new EventDocument(reference);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String type = message.getHeader(FramegateHeaders.CONTENT_TYPE, String.class);
        if (multipart) {
            MultipartEntityBuilder form = MultipartEntityBuilder.create();
            form.addBinaryBody("event", document.of(exchange), ContentType.APPLICATION_JSON, "event.json");
            if (!EventDocument.isIn(message)) {
                String name = message.getHeader(FramegateHeaders.FILE_NAME, String.class);
                form.addBinaryBody("image", message.getBody(File.class), ContentType.create(type), name);
            }
            HttpEntity entity = form.build();
            message.setBody(entity);
            type = entity.getContentType();
        }
        message.setHeader(Exchange.CONTENT_TYPE, type);
    }
}
