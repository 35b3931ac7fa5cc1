package io.framegate.outbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.Service;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claims on a thread of its own and hands each to the lane of its camera. A lane is one thread, so a camera's images keep
 * their order, also while one of them is tried again and again.
 */
final class OutboxConsumer extends DefaultConsumer {

    /** Claims read ahead for each lane, so that one camera's trouble does not keep the others waiting at once. */
    private static final int AHEAD = 64;

    private static final long READER_ENDS_MILLIS = 5000;

    /** For an attempt that is under way: as long as most targets are given to answer. */
    private static final long LANES_END_MILLIS = 10_000;

    private final OutboxEndpoint endpoint;
    private final ClaimLog log;
    private final List<ExecutorService> lanes = new ArrayList<>();
    private Semaphore ahead = new Semaphore(0);
    private @Nullable ExecutorService reader;
    private volatile boolean stopping;

    OutboxConsumer(OutboxEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.log = endpoint.log();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopping = false;
        ahead = new Semaphore(AHEAD * endpoint.concurrency());
        ExecutorServiceManager executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        for (int lane = 0; lane < endpoint.concurrency(); lane++) {
            lanes.add(executors.newSingleThreadExecutor(this, "outbox-" + endpoint.target()));
        }
        reader = executors.newSingleThreadExecutor(this, "outbox-" + endpoint.target() + "-reader");
        reader.submit(this::read);
    }

    @Override
    protected void doStop() throws Exception {
        stopping = true;
        log.wake();
        ExecutorServiceManager executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        if (reader != null) {
            executors.shutdownNow(reader);
            // It must hand on nothing more when the lanes are gone.
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

    /** Camel would tell the error handlers no sooner than when this has stopped, and that waits for them. */
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
        long next = 0;
        try {
            while (!stopping) {
                ahead.acquire();
                ClaimLog.Entry entry = log.await(next);
                if (entry == null) {
                    ahead.release();
                } else {
                    next = entry.number() + 1;
                    handOn(entry);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            getExceptionHandler()
                    .handleException("outbox of " + endpoint.target() + " cannot be read, nothing is delivered", e);
        }
    }

    private void handOn(ClaimLog.Entry entry) {
        Delivery delivery = new Delivery(this, endpoint, entry);
        lanes.get(Math.floorMod(delivery.camera().hashCode(), lanes.size())).submit(() -> {
            try {
                if (!stopping) {
                    delivery.run();
                }
            } catch (IOException | RuntimeException e) {
                getExceptionHandler().handleException("claim stays in the outbox until the next start", e);
            } finally {
                ahead.release();
            }
        });
    }
}
