package io.framegate.log;

import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Passes the failures of exchanges to {@link OutOfMemory}: Camel's error handlers treat them like any other failure.
 */
public final class OutOfMemoryNotifier extends EventNotifierSupport {

    /** Listens to failures only, so that a successful exchange costs nothing. */
    public OutOfMemoryNotifier() {
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeEvent exchange) {
            OutOfMemory.endIfIn(exchange.getExchange().getException());
            OutOfMemory.endIfIn(exchange.getExchange().getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        }
    }
}
