package io.framegate.store;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.LogLimit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line why a copy of an image, or its metadata, was not made. The image itself goes its way: a copy that fails is
 * no reason for a camera to send again. Thread-safe.
 */
public final class TransformFailure implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.transform");

    private final LogLimit lines = new LogLimit();
    private final String outcome;

    /** With what the line says, for example {@code thumbnail not made}. */
    public TransformFailure(String outcome) {
        this.outcome = outcome;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        // Whoever looks for this property later would take it for a failure of the image.
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        String host = message.getHeader(FramegateHeaders.PEER_HOST, "", String.class);
        lines.log(host, suppressed -> LOG.atWarn()
                .addKeyValue("peer", message.getHeader(FramegateHeaders.PEER))
                .addKeyValue("camera", message.getHeader(FramegateHeaders.CAMERA_ID))
                .addKeyValue("event", message.getHeader(FramegateHeaders.EVENT_ID))
                .addKeyValue("image", message.getHeader(FramegateHeaders.IMAGE_NUMBER))
                .addKeyValue("stored", message.getHeader(FramegateHeaders.STORED_PATH))
                .addKeyValue("failure", failure == null ? "unknown" : failure.getMessage())
                .addKeyValue("suppressed", suppressed)
                .log(outcome));
    }
}
