package io.framegate.store.quarantine;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Keeps a rejected packet or image as files, as {@code routes/quarantine.camel.yaml} does, for contexts that do not
 * have that route. A copy that cannot be written is dropped, which {@link RejectedCopy} reports. Thread-safe.
 */
public final class QuarantineFiles extends ServiceSupport implements Processor {

    private final Quarantine quarantine;
    private final DroppedRejects dropped;
    private final ProducerTemplate sender;
    private final Endpoint copies;
    private final Endpoint onlyCopies;

    /** Writes the files of this quarantine to the directory of this space. */
    public QuarantineFiles(CamelContext context, Quarantine quarantine, QuarantineSpace space, DroppedRejects dropped) {
        this.quarantine = quarantine;
        this.dropped = dropped;
        sender = context.createProducerTemplate();
        String directory = "store:" + space.directory();
        copies = context.getEndpoint(directory);
        // The camera does not send such an image again, so its only copy must survive a power cut too.
        onlyCopies = context.getEndpoint(directory + "?durability=#durability");
    }

    @Override
    public void process(Exchange exchange) {
        quarantine.process(exchange);
        for (Object file : exchange.getMessage().getBody(List.class)) {
            write(exchange, (Message) file);
        }
    }

    private void write(Exchange rejected, Message file) {
        Exchange failed = send(rejected, file);
        if (failed.getException() == null) {
            return;
        }
        failed.setProperty(Exchange.EXCEPTION_CAUGHT, failed.getException());
        if (dropped.matches(failed)) {
            failed = send(rejected, file);
        }
        if (failed.getException() != null) {
            failed.setProperty(Exchange.EXCEPTION_CAUGHT, failed.getException());
            dropped.process(failed);
        }
    }

    private Exchange send(Exchange rejected, Message file) {
        RejectedCopy copy = RejectedCopy.of(rejected);
        Exchange exchange = ExchangeHelper.createCorrelatedCopy(rejected, false);
        exchange.setIn(file.copy());
        return sender.send(copy != null && copy.isOnlyCopy() ? onlyCopies : copies, exchange);
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(sender);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(sender);
    }
}
