package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.Reason;
import io.framegate.store.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import org.apache.camel.support.task.budget.IterationBoundedBudget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One claim on its way through the route: delivered if the exchange ends well, set aside if it does not. A claim whose image is
 * not there is nothing: the image never got its name, in a crash or because it could not be stored, or somebody deleted it. A claim
 * on an event needs no image, and its body is the event as JSON.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    private final DefaultConsumer consumer;
    private final OutboxEndpoint endpoint;
    private final ClaimLog.Entry entry;
    private boolean unkeepable;

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
        if (!entry.claim().event() && !Files.isRegularFile(image)) {
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
            setBody(exchange.getMessage(), image);
            consumer.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        Exception failure = cause(exchange.getException());
        consumer.releaseExchange(exchange, false);
        if (failure == null) {
            endpoint.state().delivered(entry.claim().receivedAt());
            endpoint.log().done(entry.number());
        } else if (!isStopping(failure)) {
            setAside(failure);
        }
    }

    private void setBody(Message message, Path image) {
        if (entry.claim().event()) {
            message.setBody(Metadata.json(Metadata.of(headers())));
            message.setHeader(FramegateHeaders.CONTENT_TYPE, FramegateHeaders.JSON);
        } else {
            message.setBody(image.toFile());
            message.setHeader(FramegateHeaders.CONTENT_TYPE, headers().get(FramegateHeaders.MEDIA_TYPE));
        }
    }

    /** Without what a split in the route says around it. */
    private static @Nullable Exception cause(@Nullable Exception failure) {
        return failure instanceof CamelExchangeException && failure.getCause() instanceof Exception cause
                ? cause
                : failure;
    }

    /** Camel gives up waiting for the next attempt when the route is to stop. */
    private boolean isStopping(Exception failure) {
        return failure instanceof RejectedExecutionException || !consumer.isRunAllowed();
    }

    /** On a full disk the lane waits: nothing is lost, and an image that came later must not overtake this one. */
    private void setAside(Exception failure) throws IOException {
        String reason = Reason.of(failure);
        AtomicBoolean kept = new AtomicBoolean();
        Tasks.foregroundTask()
                .withName("set aside")
                .withBudget(Budgets.iterationBudget()
                        .withInterval(Duration.ofSeconds(1))
                        .withMaxIterations(IterationBoundedBudget.UNLIMITED_ITERATIONS)
                        .build())
                .build()
                .run(consumer.getEndpoint().getCamelContext(), () -> {
                    kept.set(keep(reason));
                    return kept.get() || !consumer.isRunAllowed();
                });
        if (!kept.get()) {
            return; // The gateway is stopping, and the claim stays.
        }
        endpoint.log().done(entry.number());
        LOG.atError()
                .addKeyValue("target", endpoint.target())
                .addKeyValue(
                        entry.claim().event() ? "event" : "image", entry.claim().path())
                .addKeyValue("reason", reason)
                .log("not delivered, set aside");
    }

    private boolean keep(String reason) {
        try {
            endpoint.setAside().add(entry.claim().name(), entry.claim(), reason);
            return true;
        } catch (IOException e) {
            if (!unkeepable) {
                unkeepable = true;
                LOG.atWarn()
                        .addKeyValue("target", endpoint.target())
                        .addKeyValue("image", entry.claim().path())
                        .addKeyValue("failure", e.toString())
                        .log("refused, and cannot be set aside yet: trying again");
            }
            return false;
        }
    }
}
