package io.framegate.store;

import io.framegate.image.ImageFormat;
import io.framegate.image.NoDecoderException;
import io.framegate.intake.FramegateHeaders;
import io.framegate.log.LogLimit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line with the reason why a copy of an image, or its sidecar, could not be made. The image itself is stored
 * all the same, so the camera need not send it again. A format that has no decoder gets one line, not one for each
 * image. Thread-safe.
 */
public final class TransformFailureLog implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.transform");

    private final LogLimit lines = new LogLimit();
    private final Set<ImageFormat> withoutDecoder = ConcurrentHashMap.newKeySet();
    private final String outcome;

    /** Logs this message, for example {@code thumbnail not made}. */
    public TransformFailureLog(String outcome) {
        this.outcome = outcome;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        // A later step would mistake this property for a failure of the image.
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        if (failure instanceof NoDecoderException known && !withoutDecoder.add(known.format())) {
            return;
        }
        String host = message.getHeader(FramegateHeaders.PEER_HOST, "", String.class);
        lines.log(host, suppressed -> LOG.atWarn()
                .addKeyValue("peer", message.getHeader(FramegateHeaders.PEER))
                .addKeyValue("camera", message.getHeader(FramegateHeaders.CAMERA_ID))
                .addKeyValue("event", message.getHeader(FramegateHeaders.EVENT_ID))
                .addKeyValue("image", message.getHeader(FramegateHeaders.IMAGE_NUMBER))
                .addKeyValue("stored", message.getHeader(FramegateHeaders.STORED_PATH))
                .addKeyValue("failure", reason(failure))
                .addKeyValue("suppressed", suppressed)
                .log(outcome));
    }

    private static String reason(@Nullable Exception failure) {
        if (failure instanceof NoDecoderException) {
            return failure.getMessage() + "; further images of this format get no line";
        }
        return failure == null ? "unknown" : String.valueOf(failure.getMessage());
    }
}
