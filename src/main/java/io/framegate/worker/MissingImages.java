package io.framegate.worker;

import io.framegate.log.Reason;
import io.framegate.settings.Numbers;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.LRUCacheFactory;

/**
 * Waits for an image that is not there, because its upload may be under way. After the configured time the image counts
 * as missing. The time starts with the first attempt of this process, even if the broker delivers the document again.
 * Thread-safe.
 */
public final class MissingImages implements Processor {

    /** Each consumer waits for one image, so this is far more than the number of images that wait at the same time. */
    private static final int MAX_REMEMBERED = 1000;

    private final Duration patience;
    private final Map<String, Long> since = LRUCacheFactory.newLRUCache(MAX_REMEMBERED);

    public MissingImages(Duration patience) {
        this.patience = patience;
    }

    /** Throws the failure for another attempt, or {@link WrongDeliveryException} when the time is over. */
    @Override
    public void process(Exchange exchange) throws Exception {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure != null && !(failure instanceof MissingImageException)) {
            if (!S3Answer.isOfTheImage(failure)) {
                throw failure;
            }
            if (S3Answer.isEmptyObject(failure)) {
                throw new WrongDeliveryException(
                        WrongDeliveryException.Reason.HASH_DIFFERS,
                        "image: 0 bytes at " + DocumentReader.shown(exchange) + " (expected: a picture)");
            }
        }
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

    /** Forgets an image that was found or given up. */
    synchronized void found(Exchange exchange) {
        since.remove(id(exchange));
    }

    private static String id(Exchange exchange) {
        return exchange.getVariable(DocumentReader.DELIVERY_ID, "", String.class);
    }
}
