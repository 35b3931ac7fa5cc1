package io.framegate.outbox;

import io.framegate.intake.FramegateHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delays a packet until some targets have all its images and events. No thread waits meanwhile. A route calls
 * {@link #begin} before the packet's images are stored, and the processor itself after that. The processor sets the
 * variable {@value #MISSING} to true if the targets do not have everything within the timeout, if a delivery to one of
 * them was set aside, or if the gateway stops. Stored images then stay stored and claimed. Thread-safe after
 * configuration.
 */
public final class AcceptAfter extends AsyncProcessorSupport implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.events");
    private static final String MISSING = "missingElsewhere";
    private static final int THREADS = 2;

    private final Outbox outbox;
    private Set<String> targets = Set.of();
    private Duration timeout = Duration.ofSeconds(10);
    private @Nullable CamelContext context;
    private @Nullable ExecutorService threads;

    /** Waits for targets of this outbox. */
    public AcceptAfter(Outbox outbox) {
        this.outbox = outbox;
    }

    /** The names of the targets, with commas between them. */
    public void setTargets(String names) {
        targets = Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The maximum time for which a packet waits. */
    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return Objects.requireNonNull(context);
    }

    @Override
    protected void doStart() {
        threads = getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "framegate-accept", THREADS);
    }

    @Override
    protected void doStop() {
        getCamelContext().getExecutorServiceManager().shutdown(threads);
        threads = null;
    }

    /** Remembers the claims of a packet from now on, until its exchange is done. */
    public void begin(Exchange exchange) {
        Acceptance packet = new Acceptance(targets);
        packet.attach(exchange);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                outbox.acceptances().end(packet);
                packet.close();
            }
        });
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Acceptance packet = Acceptance.of(exchange);
        if (packet == null) {
            exchange.setException(new IllegalStateException("packet: waits for " + targets
                    + ", and its claims are not known (expected: the step acceptAfter.begin before they are made)"));
            callback.done(true);
            return true;
        }
        CompletableFuture<Optional<Acceptances.Failure>> outcome = packet.outcome();
        if (!outcome.isDone()) {
            outbox.acceptances().begin(packet);
        }
        if (outcome.isDone()) {
            end(exchange, packet, outcome.join());
            callback.done(true);
            return true;
        }
        outcome.completeOnTimeout(Optional.of(Acceptances.Failure.TIMEOUT), timeout.toMillis(), TimeUnit.MILLISECONDS);
        outcome.thenAcceptAsync(
                failure -> {
                    end(exchange, packet, failure);
                    callback.done(false);
                },
                this::execute);
        return false;
    }

    /** Runs on another thread than the delivery, and than the timeouts, which share one thread in the process. */
    private void execute(Runnable rest) {
        ExecutorService running = threads;
        try {
            if (running != null) {
                running.execute(rest);
                return;
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping", e);
        }
        rest.run();
    }

    private void end(Exchange exchange, Acceptance packet, Optional<Acceptances.Failure> failure) {
        outbox.acceptances().end(packet);
        failure.ifPresent(reason -> {
            exchange.setVariable(MISSING, true);
            outbox.acceptances().count(reason);
            LOG.atWarn()
                    .addKeyValue("peer", exchange.getMessage().getHeader(FramegateHeaders.PEER))
                    .addKeyValue("camera", exchange.getMessage().getHeader(FramegateHeaders.CAMERA_ID))
                    .addKeyValue("type", exchange.getMessage().getHeader(FramegateHeaders.EVENT_TYPE))
                    .addKeyValue("captured", exchange.getMessage().getHeader(FramegateHeaders.CAPTURED_AT))
                    .addKeyValue("targets", String.join(",", packet.missing()))
                    .addKeyValue("reason", reason.tag())
                    .log("event stored, but not accepted: targets of framegate.accept.after do not have it");
        });
    }
}
