package io.framegate.outbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.apache.camel.Processor;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claims on a thread of its own and hands each to the lane of its camera. A lane is one thread, so a camera's images keep
 * their order, also while one of them is tried again and again.
 */
final class OutboxConsumer extends DefaultConsumer {

    /** Claims read ahead for each lane, so that one camera's trouble does not keep the others waiting at once. */
    private static final int AHEAD = 64;

    private static final long READER_ENDS_MILLIS = 5000;

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
        for (ExecutorService lane : lanes) {
            executors.shutdownGraceful(lane);
        }
        lanes.clear();
        super.doStop();
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
