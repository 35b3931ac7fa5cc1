package io.framegate.worker;

import io.framegate.intake.FramegateHeaders;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Evaluates a failure of the route that stores images. An image that has its path is stored, even if a later step
 * failed; the log has that failure. All other images fail again. Camel must not regard that failure as handled already,
 * because it would then not try again. Thread-safe.
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
