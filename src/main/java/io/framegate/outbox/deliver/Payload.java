package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import io.framegate.settings.ByteSize;
import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Decides whether a target gets the bytes of an image, or a JSON document with its metadata and a reference to it. An
 * event without an image is such a document already. {@link FramegateHeaders#CONTENT_TYPE} tells them apart. Immutable.
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
public final class Payload {

    /** The default of a reference: the path at which the gateway has stored the image. */
    public static final String STORED_PATH = "${header." + FramegateHeaders.STORED_PATH + "}";

    private static final Set<String> KINDS = Set.of("image", "event");
    private static final Set<String> WAYS = Set.of("set-aside", "reference");

    private final boolean event;
    private final long maxSize;
    private final boolean byReference;
    private final boolean sidecar;
    private final EventDocument document;

    /** Sends images of any length as bytes. */
    public Payload() {
        this("image", "", "set-aside", false, STORED_PATH);
    }

    /**
     * @param kind {@code image} or {@code event}
     * @param maxSize the maximum length of an image that is sent as bytes; empty for no limit
     * @param tooLarge the treatment of a longer image: {@code set-aside} or {@code reference}
     * @param sidecar whether the document of an image is sent before it
     * @param reference the address at which the reader of a document finds the image, with simple expressions
     */
    public Payload(String kind, String maxSize, String tooLarge, boolean sidecar, String reference) {
        this.event = oneOf(KINDS, "payload", kind).equals("event");
        this.maxSize = maxSize.isBlank() ? Long.MAX_VALUE : ByteSize.parse(maxSize);
        this.byReference = oneOf(WAYS, "too-large", tooLarge).equals("reference");
        this.sidecar = sidecar;
        this.document = new EventDocument(reference);
    }

    private static String oneOf(Set<String> expected, String name, String value) {
        if (!expected.contains(value)) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: " + String.join(", ", new TreeSet<>(expected)) + ")");
        }
        return value;
    }

    /** Replaces the image by its document if the target gets documents, or accepts no image of this length. */
    public void process(Exchange exchange) throws TooLargeException {
        if (EventDocument.isIn(exchange.getMessage())) {
            return;
        }
        long length = event ? 0 : exchange.getMessage().getBody(File.class).length();
        if (length > maxSize && !byReference) {
            throw new TooLargeException(length, maxSize);
        }
        if (event || length > maxSize) {
            toDocument(exchange);
        }
    }

    /**
     * Whether the document of this image is sent before it. A reader that sees the image then also finds its sidecar.
     */
    public boolean hasSidecar(Exchange exchange) {
        return sidecar && !EventDocument.isIn(exchange.getMessage());
    }

    /** Replaces the image by its document. */
    public void toDocument(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setBody(document.of(exchange));
        message.setHeader(FramegateHeaders.CONTENT_TYPE, FramegateHeaders.JSON);
    }
}
