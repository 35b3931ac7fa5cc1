package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import io.framegate.settings.ByteSize;
import io.framegate.store.Metadata;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * Decides what a target gets of an image: its bytes, or a JSON document with all that is known of it and a reference to it. An event
 * without image is such a document already. {@link FramegateHeaders#CONTENT_TYPE} says which. Thread-safe once configured.
 *
 * <pre>
 * {
 *   "cameraId" : "AA:BB:CC:DD:EE:FF",
 *   "deliveryId" : "AA_BB_CC_DD_EE_FF-20260329T095821Z-cbf1d8aa30c2d16e",
 *   "mediaType" : "image/jpeg",
 *   "reference" : "https://archive.example/image_17_AA_BB_CC_DD_EE_FF_20260329_095821.jpg",
 *   ...
 * }
 * </pre>
 */
public final class Payload implements Processor {

    static final Set<String> KINDS = Set.of("image", "event");
    static final Set<String> WAYS = Set.of("set-aside", "reference");

    private boolean event;
    private boolean sidecar;
    private boolean byReference;
    private long maxSize = Long.MAX_VALUE;
    private Template reference = Template.parse("${header." + FramegateHeaders.STORED_PATH + "}");

    /** {@code image} or {@code event}. */
    public void setKind(String kind) {
        event = one(kind, KINDS).equals("event");
    }

    /** Where an image can be had, with simple expressions. */
    public void setReference(String reference) {
        this.reference = Template.parse(reference);
    }

    /** The longest image that is sent as it is; empty: any. */
    public void setMaxSize(String size) {
        maxSize = size.isBlank() ? Long.MAX_VALUE : ByteSize.parse(size);
    }

    /** What happens to a longer one: {@code set-aside} or {@code reference}. */
    public void setTooLarge(String way) {
        byReference = one(way, WAYS).equals("reference");
    }

    /** Whether the document stands beside the image; for {@link #files}. */
    public void setSidecar(boolean sidecar) {
        this.sidecar = sidecar;
    }

    private static String one(String value, Set<String> expected) {
        if (!expected.contains(value)) {
            throw new IllegalArgumentException(
                    "payload: " + value + " (expected: " + String.join(", ", expected) + ")");
        }
        return value;
    }

    @Override
    public void process(Exchange exchange) throws TooLargeException {
        Message message = exchange.getMessage();
        if (isDocument(message)) {
            return;
        }
        long length = event ? 0 : message.getBody(File.class).length();
        if (length > maxSize && !byReference) {
            throw new TooLargeException(length, maxSize);
        }
        if (event || length > maxSize) {
            message.setBody(document(exchange));
            message.setHeader(FramegateHeaders.CONTENT_TYPE, FramegateHeaders.JSON);
        }
    }

    /** Whether the body is a document, not an image. */
    static boolean isDocument(Message message) {
        return FramegateHeaders.JSON.equals(message.getHeader(FramegateHeaders.CONTENT_TYPE));
    }

    /** The document of an image or an event. */
    byte[] document(Exchange exchange) {
        Message message = exchange.getMessage();
        if (isDocument(message)) {
            return message.getBody(byte[].class);
        }
        SortedMap<String, Object> document = Metadata.of(message.getHeaders());
        document.putAll(
                Metadata.of(Map.of(FramegateHeaders.REFERENCE, reference.text(exchange, UnaryOperator.identity()))));
        return Metadata.json(document);
    }

    /**
     * For {@code split}: what goes to a target that keeps files. A sidecar comes before its image, so that whoever sees the image
     * finds it.
     */
    public List<Message> files(Exchange exchange) {
        Message image = exchange.getMessage();
        if (!sidecar || isDocument(image)) {
            return List.of(image.copy());
        }
        Message document = new DefaultMessage(exchange);
        document.copyFrom(image);
        document.setBody(document(exchange));
        document.setHeader(FramegateHeaders.CONTENT_TYPE, FramegateHeaders.JSON);
        document.setHeader(Exchange.FILE_NAME, image.getHeader(Exchange.FILE_NAME) + ".json");
        return List.of(document, image.copy());
    }
}
