package io.framegate.worker;

import io.framegate.event.PeerText;
import io.framegate.intake.FramegateHeaders;
import io.framegate.store.Stamp;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * Begins the work on what a broker has delivered: reads the document, and replaces all headers of the message by those
 * that the event and its image had at the gateway. Headers of the broker choose nothing. Sets these variables:
 *
 * <pre>
 * worker       the name of the worker
 * deliveryId   the same for each copy of the picture
 * reference    where the image is; only if the event has an image
 * </pre>
 *
 * <p>Throws {@link WrongDeliveryException} for anything but a document. Thread-safe after configuration.
 */
public final class DocumentReader implements Processor {

    static final String WORKER = "worker";
    static final String DELIVERY_ID = "deliveryId";
    static final String REFERENCE = "reference";

    /** Where the image is, in CloudEvents over Kafka. */
    private static final String CLOUD_REFERENCE = "ce_dataref";

    private final String worker;
    private final WorkerMeter meter;
    private final Stamp stamp = new Stamp();

    /** Reads for this worker, whose work is measured. */
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
        // Another message: one of JMS would make its body and its headers again.
        Message image = new DefaultMessage(exchange);
        exchange.setMessage(image);
        ReceivedDocument document = ReceivedDocument.parse(received.body());
        DocumentHeaders.of(document, stamp).forEach(image::setHeader);
        exchange.setVariable(DELIVERY_ID, document.id("deliveryId"));
        if (image.getHeader(FramegateHeaders.SHA256) != null) {
            String reference = text(received.headers().get(CLOUD_REFERENCE));
            exchange.setVariable(REFERENCE, reference == null ? document.reference() : reference);
        }
    }

    private static @Nullable String text(@Nullable Object header) {
        if (header instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return header == null ? null : header.toString();
    }

    /** A reference for a message: harmless, and of a bounded length. */
    static String shown(Exchange exchange) {
        return PeerText.clean(exchange.getVariable(REFERENCE, "", String.class));
    }
}
