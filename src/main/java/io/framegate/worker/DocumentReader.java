package io.framegate.worker;

import io.framegate.event.PeerText;
import io.framegate.intake.FramegateHeaders;
import io.framegate.store.Stamp;
import io.framegate.worker.WrongDeliveryException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * Begins the work on a message from a broker: reads the document, and replaces all headers of the message by the
 * headers that the event and its image had at the gateway. No header of the broker reaches the routes. Sets these
 * variables:
 *
 * <pre>
 * worker       the name of the worker
 * camera       the name of the camera
 * deliveryId   the same for each copy of the picture
 * reference    the address of the image; only if the event has an image
 * </pre>
 *
 * <p>Throws {@link WrongDeliveryException} for anything but a document. Thread-safe after configuration.
 */
public final class DocumentReader implements Processor {

    static final String WORKER = "worker";
    static final String CAMERA = "camera";
    static final String DELIVERY_ID = "deliveryId";
    static final String REFERENCE = "reference";

    /** The place of the image in CloudEvents, over Kafka and over JMS. */
    private static final List<String> CLOUD_REFERENCES = List.of("ce_dataref", "cloudEvents_dataref");

    private static final int HASH_IN_ID = 16;

    private final String worker;
    private final WorkerMeter meter;
    private final Stamp stamp = new Stamp();

    /** Reads documents for this worker, and reports them to this meter. */
    public DocumentReader(String worker, WorkerMeter meter) {
        this.worker = worker;
        this.meter = meter;
        meter.add(worker);
    }

    /** Sets the time zone of the stamps in names; {@code system} is the zone of this machine. */
    public void setTimeZone(String zone) {
        stamp.setZone(zone);
    }

    @Override
    public void process(Exchange exchange) throws WrongDeliveryException {
        exchange.setVariable(WORKER, worker);
        ReceivedMessage received = ReceivedMessage.keep(exchange);
        meter.begin(exchange);
        // A new message, because a JMS message would create its body and headers again.
        Message image = new DefaultMessage(exchange);
        exchange.setMessage(image);
        try {
            read(exchange, image, ReceivedDocument.parse(received.body()), received.headers());
        } catch (RuntimeException e) {
            // Another attempt would fail too, and delay all later documents.
            throw new WrongDeliveryException(Reason.NOT_A_DOCUMENT, "document: " + PeerText.clean(e.toString()));
        }
    }

    private void read(Exchange exchange, Message image, ReceivedDocument document, Map<String, Object> received)
            throws WrongDeliveryException {
        DocumentHeaders.of(document, stamp).forEach(image::setHeader);
        exchange.setVariable(CAMERA, image.getHeader(FramegateHeaders.CAMERA_NAME));
        String id = document.id("deliveryId");
        exchange.setVariable(DELIVERY_ID, id);
        String hash = image.getHeader(
                FramegateHeaders.ORIGINAL_SHA256, image.getHeader(FramegateHeaders.SHA256), String.class);
        if (hash == null) {
            return;
        }
        if (!id.contains(hash.substring(0, HASH_IN_ID))) {
            // Otherwise one image could pass for a copy of another image, which would then not be stored.
            throw new WrongDeliveryException(
                    Reason.NOT_A_DOCUMENT,
                    "document: deliveryId: " + id + " (expected: with the first " + HASH_IN_ID
                            + " digits of the image's SHA-256)");
        }
        exchange.setVariable(REFERENCE, reference(document, received));
    }

    private static String reference(ReceivedDocument document, Map<String, Object> received)
            throws WrongDeliveryException {
        for (String header : CLOUD_REFERENCES) {
            String reference = text(received.get(header));
            if (reference != null) {
                return reference;
            }
        }
        return document.reference();
    }

    private static @Nullable String text(@Nullable Object header) {
        if (header instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return header == null ? null : header.toString();
    }

    /** The reference for a message text: harmless, and of a bounded length. */
    static String shown(Exchange exchange) {
        return PeerText.clean(exchange.getVariable(REFERENCE, "", String.class));
    }
}
