package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import java.io.File;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * The body of a request: what the {@link Payload} says, as it is ({@code raw}), or a form ({@code multipart}) with the document as part
 * {@code event} and, unless there is none, the image as part {@code image}. Thread-safe once configured.
 */
public final class HttpBody implements Processor {

    static final Set<String> KINDS = Set.of("raw", "multipart");

    private final Payload payload;
    private boolean multipart;

    /** Of this payload. */
    public HttpBody(Payload payload) {
        this.payload = payload;
    }

    /** {@code raw} or {@code multipart}. */
    public void setKind(String kind) {
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException("body: " + kind + " (expected: raw, multipart)");
        }
        multipart = kind.equals("multipart");
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String type = message.getHeader(FramegateHeaders.CONTENT_TYPE, String.class);
        if (multipart) {
            MultipartEntityBuilder form = MultipartEntityBuilder.create();
            form.addBinaryBody("event", payload.document(exchange), ContentType.APPLICATION_JSON, "event.json");
            if (!Payload.isDocument(message)) {
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
