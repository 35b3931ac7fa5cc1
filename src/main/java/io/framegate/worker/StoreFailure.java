package io.framegate.worker;

import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides what a failure of the route that stores images means. An image that has its path is stored, whatever a later
 * step did; the log has that failure. All others fail again, and this time Camel forgets that a route has dealt with
 * the failure already, because else nobody would try again. Thread-safe.
 */
public final class StoreFailure implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        exchange.getExchangeExtension().setFailureHandled(false);
        if (exchange.getMessage().getHeader(FramegateHeaders.STORED_PATH) == null) {
            Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
            throw new IOException("image not stored: " + (failure == null ? "" : failure.getMessage()), failure);
        }
    }
}
