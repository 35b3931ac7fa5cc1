package io.framegate.outbox;

import io.framegate.event.FramegateHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One claim on its way through the route: delivered if the exchange ends well, set aside if it does not. A claim whose image is
 * not there is nothing: the image never got its name, in a crash or because it could not be stored, or somebody deleted it.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private final DefaultConsumer consumer;
    private final OutboxEndpoint endpoint;
    private final ClaimLog.Entry entry;

    Delivery(DefaultConsumer consumer, OutboxEndpoint endpoint, ClaimLog.Entry entry) {
        this.consumer = consumer;
        this.endpoint = endpoint;
        this.entry = entry;
    }

    /** Whose image it is. */
    String camera() {
        return String.valueOf(headers().get(FramegateHeaders.CAMERA_NAME));
    }

    private Map<String, Object> headers() {
        return entry.claim().headers();
    }

    /** Returns when the claim is done, or when the gateway is stopping. */
    void run() throws IOException {
        Path image = endpoint.images().resolve(entry.claim().path());
        if (!Files.isRegularFile(image)) {
            LOG.atInfo()
                    .addKeyValue("target", endpoint.target())
                    .addKeyValue("image", entry.claim().path())
                    .log("not delivered, there is no such image");
            endpoint.log().done(entry.number());
            return;
        }
        Exchange exchange = consumer.createExchange(false);
        try {
            // One by one: the map is the claim's, and what the route adds is not to be part of it.
            headers().forEach(exchange.getMessage()::setHeader);
            exchange.getMessage().setBody(image.toFile());
            consumer.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        Exception failure = exchange.getException();
        consumer.releaseExchange(exchange, false);
        if (failure == null) {
            endpoint.log().done(entry.number());
        } else if (!isStopping(failure)) {
            setAside(failure);
        }
    }

    /** Camel gives up waiting for the next attempt when the route is to stop. */
    private boolean isStopping(Exception failure) {
        return failure instanceof RejectedExecutionException || !consumer.isRunAllowed();
    }

    private void setAside(Exception failure) throws IOException {
        String name = headers().get(FramegateHeaders.COUNTER) + "-" + headers().get(FramegateHeaders.DELIVERY_ID);
        String reason = Reason.of(failure);
        endpoint.setAside().add(name, entry.claim(), reason);
        endpoint.log().done(entry.number());
        LOG.atError()
                .addKeyValue("target", endpoint.target())
                .addKeyValue("image", entry.claim().path())
                .addKeyValue("reason", reason)
                .log("not delivered, set aside");
    }
}
