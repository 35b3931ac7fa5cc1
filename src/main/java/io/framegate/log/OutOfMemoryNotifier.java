package io.framegate.log;

import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Passes the failures of exchanges, which Camel's error handlers take for any others, to {@link OutOfMemory}. */
public final class OutOfMemoryNotifier extends EventNotifierSupport {

    /** Hears of failures alone, so that an exchange that ends well costs nothing. */
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
