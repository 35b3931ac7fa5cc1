package io.framegate.receive.camera;

import io.framegate.event.CameraImage;
import io.framegate.intake.FramegateHeaders;
import io.framegate.receive.EventImageReader;
import io.framegate.receive.NotStoredException;
import io.framegate.store.quarantine.QuarantineFiles;
import io.framegate.store.quarantine.RejectedCopy;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Sends a part of a packet to the route: an event, an image as its bytes, or a reject. A reject goes to the quarantine
 * instead, if there is one; the part fails if no copy could be kept and the camera would otherwise be told yes.
 * Thread-safe.
 */
final class PartProcessor extends DelegateAsyncProcessor {

    private final EventImageReader images = new EventImageReader();
    private final @Nullable QuarantineFiles quarantine;

    PartProcessor(Processor route, @Nullable QuarantineFiles quarantine) {
        super(route);
        this.quarantine = quarantine;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (exchange.getMessage().getBody() instanceof CameraImage) {
            images.process(exchange);
        }
        if (quarantine != null && exchange.getMessage().getHeader(FramegateHeaders.REJECT_REASON) != null) {
            quarantine.process(exchange);
            RejectedCopy copy = RejectedCopy.of(exchange);
            if (copy != null && copy.isLost()) {
                exchange.setException(new NotStoredException("a reject could not be kept"));
            }
            callback.done(true);
            return true;
        }
        return super.process(exchange, callback);
    }

    @Override
    protected void doStart() throws Exception {
        ServiceHelper.startService(quarantine);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        ServiceHelper.stopService(quarantine);
    }
}
