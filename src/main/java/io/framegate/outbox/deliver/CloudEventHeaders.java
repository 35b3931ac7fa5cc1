package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Turns a delivery into a CloudEvent in binary mode. Its attributes are added to the headers of the image, under names
 * with the prefix of the protocol. The next step converts them like all headers.
 *
 * <pre>
 * ce_specversion  1.0                                        ce_time             2026-03-29T07:58:20.123Z
 * ce_id           FramegateDeliveryId                        ce_partitionkey     FramegateCameraId
 * ce_source       FramegateCameraName                        ce_dataref          s3://bucket/key
 * ce_type         io.framegate.image.stored                  ce_dataschema       of a document only
 * </pre>
 *
 * <p>Thread-safe after configuration.
 */
public final class CloudEventHeaders implements Processor {

    /** The type of an image, sent as bytes or as its document. */
    public static final String IMAGE = "io.framegate.image.stored";

    /** The type of an event without an image. */
    public static final String EVENT = "io.framegate.event.received";

    private static final String VERSION = "1.0";

    private boolean enabled;
    private String prefix = "";
    private String contentTypeHeader = "";
    private ImageAddress address = new ImageAddress(Payload.STORED_PATH);

    /** Whether a delivery is a CloudEvent. Otherwise this step does nothing. */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** The prefix of the attributes' names: {@code ce_}, {@code ce-}, {@code cloudEvents_} or nothing. */
    public void setPrefix(String prefix) {
        this.prefix = prefix;
    }

    /** The header for the media type of the data, if the protocol has no other place for it. */
    public void setContentTypeHeader(String contentTypeHeader) {
        this.contentTypeHeader = contentTypeHeader;
    }

    /** The address at which readers find the image, with simple expressions: {@code framegate.deliver.reference}. */
    public void setReference(String reference) {
        address = new ImageAddress(reference);
    }

    @Override
    public void process(Exchange exchange) {
        if (!enabled) {
            return;
        }
        Message message = exchange.getMessage();
        attributes(exchange).forEach((name, value) -> message.setHeader(prefix + name, value));
        if (!contentTypeHeader.isEmpty()) {
            message.setHeader(contentTypeHeader, message.getHeader(FramegateHeaders.CONTENT_TYPE));
        }
    }

    private Map<String, String> attributes(Exchange exchange) {
        Message message = exchange.getMessage();
        boolean image = message.getHeader(FramegateHeaders.STORED_PATH) != null;
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", VERSION);
        attributes.put("id", text(message, FramegateHeaders.DELIVERY_ID));
        // The name has only safe characters, so it is a valid URI reference.
        attributes.put("source", text(message, FramegateHeaders.CAMERA_NAME));
        attributes.put("type", image ? IMAGE : EVENT);
        attributes.put("time", text(message, FramegateHeaders.CAPTURED_AT));
        attributes.put("partitionkey", text(message, FramegateHeaders.CAMERA_ID));
        if (EventDocument.isIn(message) && isTheBody(message)) {
            attributes.put("dataschema", EventDocument.SCHEMA);
        }
        if (image) {
            address.of(exchange).ifPresent(found -> attributes.put("dataref", found));
        }
        return attributes;
    }

    /** Whether the document is the whole body. In a form it is only a part. */
    private static boolean isTheBody(Message message) {
        return message.getHeader(Exchange.CONTENT_TYPE, FramegateHeaders.JSON, String.class)
                .equals(FramegateHeaders.JSON);
    }

    private static String text(Message message, String header) {
        return message.getHeader(header, String.class);
    }
}
