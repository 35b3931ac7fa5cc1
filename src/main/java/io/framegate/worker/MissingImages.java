package io.framegate.worker;

import io.framegate.log.Reason;
import io.framegate.settings.Numbers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Has patience with an image that is not there: its upload may be under way. After that the image counts as missing.
 * The time runs from the first attempt of this process, also when the broker delivers the document again. Thread-safe.
 */
public final class MissingImages implements Processor {

    /** Consumers wait for one image each, so this is far more than wait at a time. */
    private static final int MAX_REMEMBERED = 1000;

    private final Duration patience;
    private final Map<String, Long> since = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    public MissingImages(Duration patience) {
        this.patience = patience;
    }

    /** Throws the failure for another attempt, or {@link WrongDeliveryException} when the patience is over. */
    @Override
    public void process(Exchange exchange) throws MissingImageException, WrongDeliveryException {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String detail = DocumentReader.shown(exchange) + ": " + (failure == null ? "missing" : Reason.plain(failure));
        if (waited(id(exchange)) < patience.toNanos()) {
            throw new MissingImageException(detail);
        }
        found(exchange);
        throw new WrongDeliveryException(
                WrongDeliveryException.Reason.MISSING,
                detail + " (expected: within " + Numbers.timeText(patience) + ", framegate.worker.patience)");
    }

    private synchronized long waited(String id) {
        long now = System.nanoTime();
        return now - since.computeIfAbsent(id, first -> now);
    }

    /** The image is there, or given up. */
    synchronized void found(Exchange exchange) {
        since.remove(id(exchange));
    }

    private static String id(Exchange exchange) {
        return exchange.getVariable(DocumentReader.DELIVERY_ID, "", String.class);
    }
}
