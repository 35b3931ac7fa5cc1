package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import io.framegate.log.Reason;
import io.framegate.outbox.deliver.DeliveryName;
import io.framegate.outbox.deliver.TooLargeException;
import io.framegate.store.MetadataDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
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
 * Sends one claim through the route. The claim is delivered if the exchange succeeds, and set aside if it fails. A
 * claim without its image is done: the image never got its name, because of a crash or because it could not be stored,
 * or somebody deleted the image. A claim on an event needs no image.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    /** Property with the name of an upload until it gets its final name. */
    private static final String UPLOAD = "FramegateUpload";

    /** The interval at which a lane asks for its turn to log in. */
    private static final Duration LOGIN_INTERVAL = Duration.ofMillis(200);

    private final DefaultConsumer consumer;
    private final OutboxEndpoint endpoint;
    private final StoredImages images;
    private final @Nullable TargetBefore before;
    private final ClaimLog.Entry entry;

    private boolean unkeepable;
    private boolean loginRefused;

    /**
     * A delivery of one claim.
     *
     * @param before the target that must have it first, or null
     */
    Delivery(
            DefaultConsumer consumer,
            OutboxEndpoint endpoint,
            StoredImages images,
            @Nullable TargetBefore before,
            ClaimLog.Entry entry) {
        this.consumer = consumer;
        this.endpoint = endpoint;
        this.images = images;
        this.before = before;
        this.entry = entry;
    }

    /** The name of the image's camera. */
    String camera() {
        return String.valueOf(headers().get(FramegateHeaders.CAMERA_NAME));
    }

    private Map<String, Object> headers() {
        return entry.claim().headers();
    }

    /**
     * Returns when the claim is done, or when the gateway is stopping.
     *
     * @throws IOException if the outbox or the images cannot be read; the next call continues at the failed step
     */
    void run() throws IOException {
        TargetBefore.Outcome elsewhere =
                before == null ? TargetBefore.Outcome.TAKEN : before.await(entry, consumer::isRunAllowed);
        if (elsewhere == TargetBefore.Outcome.TAKEN) {
            deliver();
        } else if (before != null && elsewhere == TargetBefore.Outcome.REFUSED) {
            setAside("not sent, because " + before.name() + " has set it aside and must have it first (expected:"
                    + " framegate outbox --retry " + before.name() + ", then --retry " + endpoint.getTarget() + ")");
        }
    }

    private void deliver() throws IOException {
        if (!entry.claim().event() && !images.has(entry.claim().path())) {
            LOG.atInfo()
                    .addKeyValue("target", endpoint.getTarget())
                    .addKeyValue("image", entry.claim().path())
                    .log("not delivered, there is no such image");
            done(false);
            return;
        }
        Exception failure = attempt(images.file(entry.claim().path()));
        if (failure == null) {
            endpoint.state().delivered(entry.claim().receivedAt());
            done(true);
        } else if (!isStopping(failure)) {
            setAside(endpoint.reason(failure));
        }
    }

    /** Marks the claim as done, and tells its watchers whether the target has accepted it. */
    private void done(boolean taken) {
        try {
            endpoint.beforeDone(entry.claim());
            endpoint.log().done(entry.number());
        } catch (IOException e) {
            // The target has it, or it is set aside: another attempt would only repeat that.
            LOG.atWarn()
                    .addKeyValue("target", endpoint.getTarget())
                    .addKeyValue("image", entry.claim().path())
                    .addKeyValue("failure", Reason.plain(e))
                    .log("claim not marked as done");
        } finally {
            endpoint.log().watchers().tell(entry.number(), taken);
        }
    }

    /** Tries until the target accepts the login. Returns why the delivery failed, or null. */
    private @Nullable Exception attempt(Path image) {
        LoginTurn login = endpoint.state().login();
        while (true) {
            if (!login.take() && !waitFor("log in", LOGIN_INTERVAL, login::take)) {
                return new RejectedExecutionException("stopping");
            }
            loginRefused = false;
            Exception failure;
            try {
                failure = deliver(image);
            } finally {
                login.over();
            }
            if (failure == null || !loginRefused || isStopping(failure)) {
                return failure;
            }
        }
    }

    /** Sends the image or event through the route, after its sidecar if it has one. Returns why it failed, or null. */
    private @Nullable Exception deliver(Path image) {
        Exchange exchange = exchange(image);
        try {
            endpoint.sent().process(exchange);
            Exception failure = endpoint.sent().hasSidecar(exchange) ? deliverSidecar(image) : null;
            return failure == null ? send(exchange) : failure;
        } catch (TooLargeException e) {
            return e;
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    private @Nullable Exception deliverSidecar(Path image) {
        Exchange exchange = exchange(image);
        try {
            endpoint.sent().toDocument(exchange);
            return send(exchange);
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    private @Nullable Exception send(Exchange exchange) {
        DeliveryName name = endpoint.deliveryName();
        if (name != null) {
            name.process(exchange);
        }
        try {
            consumer.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        loginRefused = exchange.getProperty(DeliveryRetries.LOGIN_REFUSED, false, Boolean.class);
        return exchange.getException();
    }

    /** Has the claim's headers. Its body is the image's file, or the event as JSON. */
    private Exchange exchange(Path image) {
        Exchange exchange = consumer.createExchange(false);
        exchange.setProperty(UPLOAD, entry.claim().upload(endpoint.getTarget()));
        Message message = exchange.getMessage();
        // One by one: the route adds headers, and the map belongs to the claim.
        headers().forEach(message::setHeader);
        if (entry.claim().event()) {
            message.setBody(MetadataDocument.json(MetadataDocument.of(headers())));
            message.setHeader(FramegateHeaders.CONTENT_TYPE, FramegateHeaders.JSON);
        } else {
            message.setBody(image.toFile());
            message.setHeader(FramegateHeaders.CONTENT_TYPE, headers().get(FramegateHeaders.MEDIA_TYPE));
        }
        return exchange;
    }

    /** Whether the gateway is stopping. Camel then gives up waiting for the next attempt. */
    private boolean isStopping(Exception failure) {
        return failure instanceof RejectedExecutionException || !consumer.isRunAllowed();
    }

    /**
     * Sets the claim aside. On a full disk the lane waits: nothing is lost, and no later image may overtake this one.
     */
    private void setAside(String reason) throws IOException {
        if (!waitFor("set aside", Duration.ofSeconds(1), () -> keep(reason))) {
            return; // The gateway is stopping, and the claim stays.
        }
        done(false);
        LOG.atError()
                .addKeyValue("target", endpoint.getTarget())
                .addKeyValue(
                        entry.claim().event() ? "event" : "image", entry.claim().path())
                .addKeyValue("reason", reason)
                .log("not delivered, set aside");
    }

    /** Repeats a question until the answer is yes. Returns false if the gateway is stopping. */
    private boolean waitFor(String what, Duration interval, BooleanSupplier question) {
        AtomicBoolean yes = new AtomicBoolean();
        Tasks.foregroundTask()
                .withName(what)
                .withBudget(Budgets.iterationBudget()
                        .withInterval(interval)
                        .withMaxIterations(IterationBoundedBudget.UNLIMITED_ITERATIONS)
                        .build())
                .build()
                .run(consumer.getEndpoint().getCamelContext(), () -> {
                    yes.set(question.getAsBoolean());
                    return yes.get() || !consumer.isRunAllowed();
                });
        return yes.get();
    }

    private boolean keep(String reason) {
        try {
            endpoint.setAside().add(entry.claim().name(), entry.claim(), reason);
            return true;
        } catch (IOException e) {
            if (!unkeepable) {
                unkeepable = true;
                LOG.atWarn()
                        .addKeyValue("target", endpoint.getTarget())
                        .addKeyValue("image", entry.claim().path())
                        .addKeyValue("failure", Reason.plain(e))
                        .log("refused, and cannot be set aside yet: trying again");
            }
            return false;
        }
    }
}
