package io.framegate.outbox;

import io.framegate.log.Reason;
import io.framegate.outbox.deliver.RabbitDestination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Processor;
import org.apache.camel.Service;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the claims in one thread and passes each to the lane of its camera. A lane is one thread, so a camera's images
 * keep their order, even while one of them is retried. Also delivers the claims of {@code framegate outbox --retry}.
 */
final class OutboxConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.outbox");

    /**
     * The number of claims read ahead for each lane, so that a camera whose images fail does not block the other
     * cameras at once.
     */
    private static final int AHEAD = 64;

    /** The pause before another attempt to read a disk. */
    private static final long UNREADABLE_MILLIS = 1000;

    private static final long READER_ENDS_MILLIS = 5000;

    /** The pause between two checks for claims of {@code framegate outbox --retry}. */
    private static final long RESUME_MILLIS = 2000;

    /** The time for an attempt that has begun: the timeout of most targets. */
    private static final long LANES_END_MILLIS = 10_000;

    private final OutboxEndpoint endpoint;
    private final ClaimLog log;
    private final List<ExecutorService> lanes = new ArrayList<>();
    private Semaphore ahead = new Semaphore(0);
    private StoredImages images;
    private @Nullable TargetBefore before;
    private @Nullable ExecutorService reader;
    private @Nullable ScheduledExecutorService resuming;
    private volatile boolean stopping;

    OutboxConsumer(OutboxEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.log = endpoint.log();
        this.images = endpoint.storedImages();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        before = endpoint.before();
        images = endpoint.storedImages();
        endpoint.state().begin();
        RabbitDestination.warn(endpoint.getTarget(), endpoint.property("url"), endpoint.property("destination"));
        ahead = new Semaphore(AHEAD * endpoint.getConcurrency());
        ExecutorServiceManager executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        for (int lane = 0; lane < endpoint.getConcurrency(); lane++) {
            lanes.add(executors.newSingleThreadExecutor(this, "outbox-" + endpoint.getTarget()));
        }
        reader = executors.newSingleThreadExecutor(this, "outbox-" + endpoint.getTarget() + "-reader");
        reader.execute(this::read);
        resuming = executors.newSingleThreadScheduledExecutor(this, "outbox-" + endpoint.getTarget() + "-resume");
        resuming.scheduleWithFixedDelay(endpoint::resumeSetAside, 0, RESUME_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() throws Exception {
        stopping = true;
        log.wake();
        ExecutorServiceManager executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        executors.shutdownNow(resuming);
        resuming = null;
        if (reader != null) {
            executors.shutdownNow(reader);
            // The reader must pass on no claim after the lanes have ended.
            executors.awaitTermination(reader, READER_ENDS_MILLIS);
            reader = null;
        }
        lanes.forEach(executors::shutdown);
        giveUpPauses();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LANES_END_MILLIS);
        for (ExecutorService lane : lanes) {
            executors.awaitTermination(lane, Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            executors.shutdownNow(lane);
        }
        lanes.clear();
        super.doStop();
    }

    /**
     * Ends the pauses before the next attempts. Camel does so only after the consumer has stopped, which waits for
     * them.
     */
    private void giveUpPauses() {
        if (getProcessor() instanceof Service route) {
            for (Service step : ServiceHelper.getChildServices(route, true)) {
                if (step instanceof ShutdownPrepared prepared) {
                    prepared.prepareShutdown(false, false);
                }
            }
        }
    }

    private void read() {
        AtomicLong next = new AtomicLong();
        try {
            while (!stopping) {
                ahead.acquire();
                untilRead(() -> {
                    ClaimLog.Entry entry = log.await(next.get());
                    if (entry == null) {
                        ahead.release();
                    } else {
                        next.set(entry.number() + 1);
                        handOn(entry);
                    }
                });
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            getExceptionHandler()
                    .handleException("outbox of " + endpoint.getTarget() + " cannot be read, nothing is delivered", e);
        }
    }

    private void handOn(ClaimLog.Entry entry) {
        Delivery delivery = new Delivery(this, endpoint, images, before, entry);
        lanes.get(Math.floorMod(delivery.camera().hashCode(), lanes.size())).execute(() -> {
            try {
                untilRead(delivery::run);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                getExceptionHandler().handleException("claim stays in the outbox until the next start", e);
            } finally {
                ahead.release();
            }
        });
    }

    private interface Reading {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Repeats work while the disk of the outbox or of the images cannot be read. The disk may come back, and later
     * claims must not overtake this one.
     */
    private void untilRead(Reading work) throws InterruptedException {
        boolean logged = false;
        while (!stopping) {
            try {
                work.run();
                if (logged) {
                    endpoint.state().readable();
                }
                return;
            } catch (IOException e) {
                endpoint.state().unreadable(Reason.plain(e));
                if (!logged) {
                    logged = true;
                    LOG.atError()
                            .addKeyValue("target", endpoint.getTarget())
                            .addKeyValue("failure", Reason.plain(e))
                            .log("outbox or images cannot be read, nothing is delivered: trying again");
                }
                TimeUnit.MILLISECONDS.sleep(UNREADABLE_MILLIS);
            }
        }
    }
}
