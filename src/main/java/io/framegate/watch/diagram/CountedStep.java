package io.framegate.watch.diagram;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.WrapAwareProcessor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Counts the exchanges that go through a step. Thread-safe. */
final class CountedStep extends DelegateAsyncProcessor implements WrapAwareProcessor {

    private final Processor step;
    private final StepCount count;

    CountedStep(Processor step, StepCount count) {
        super(step);
        this.step = step;
        this.count = count;
    }

    @Override
    public Processor getWrapped() {
        return step;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        count.begin();
        return processor.process(exchange, doneSync -> {
            count.end(exchange.getException() != null);
            callback.done(doneSync);
        });
    }
}
