package io.framegate.context;

import io.framegate.log.Reason;
import io.framegate.settings.DeliverSettings;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import io.framegate.watch.DrainHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheckRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Drains the gateway before it ends. A drain begins within a second after {@code framegate drain} has written a file.
 * With {@code framegate.drain.on-stop}, it also begins when the gateway is told to stop.
 *
 * <pre>
 * 1. Listeners stop listening, workers finish their document, and the readiness is DOWN.
 * 2. A connection is closed as soon as it has no open packet.
 * 3. The gateway ends when no connection is open and no delivery waits. It ends after framegate.drain.timeout at the
 *    latest, and logs the remaining work.
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class Drain implements AutoCloseable {

    /** The exit code of a gateway that ended at the time limit. */
    public static final int INCOMPLETE = 4;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate");
    private static final long LOOK_MILLIS = 500;

    /** The prefix of the ids of routes that get documents for a worker. */
    private static final String WORKERS = "work-from-";

    /** The time before the first check and after the last one, with a margin. */
    private static final long LOOK_SECONDS = 5;

    private final CamelContext context;
    private final GatewayParts parts;
    private final Path wish;
    private final Path complete;
    private final Duration timeout;
    private final DrainHealth health = new DrainHealth();
    private final Runnable end;
    private final ScheduledExecutorService looks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final boolean onStop;

    /** The deadline on the clock of {@link System#nanoTime}; 0 before a drain begins. */
    private long deadline;

    private volatile boolean stopping;
    private volatile boolean incomplete;

    private Drain(CamelContext context, GatewayParts parts, Settings settings, Runnable end) {
        this.context = context;
        this.parts = parts;
        this.end = end;
        Path images = Path.of(settings.get(StoreSettings.IMAGES));
        wish = wish(images);
        complete = complete(images);
        timeout = settings.get(DeliverSettings.DRAIN_TIMEOUT);
        onStop = settings.get(DeliverSettings.DRAIN_ON_STOP);
        looks = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "framegate-drain");
    }

    /**
     * Starts to check for the file, and runs {@code end} when the gateway is drained. Deletes the file of an earlier
     * request.
     */
    public static Drain watch(CamelContext context, Runnable end) {
        PartsLifecycle lifecycle = PartsLifecycle.of(context);
        Drain drain = new Drain(context, lifecycle.parts(), lifecycle.settings(), end);
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        if (checks != null) {
            checks.register(drain.health);
        }
        drain.take();
        drain.looks.scheduleWithFixedDelay(drain::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return drain;
    }

    /** Returns the file that {@code framegate drain} writes for the gateway with these images. */
    public static Path wish(Path images) {
        return images.resolve(".framegate").resolve("drain.wanted");
    }

    /** Returns the file that a gateway writes when its drain is complete, just before it ends. */
    public static Path complete(Path images) {
        return wish(images).resolveSibling("drain.complete");
    }

    /** Returns the longest wait of {@link #beforeStop} in seconds; 0 without {@code framegate.drain.on-stop}. */
    public int secondsOnStop() {
        return onStop ? (int) Math.min(timeout.toSeconds() + LOOK_SECONDS, Integer.MAX_VALUE / 2) : 0;
    }

    /** Call this when the gateway is told to stop. With {@code framegate.drain.on-stop}, waits until it is drained. */
    public void beforeStop() throws InterruptedException {
        if (onStop) {
            stopping = true;
            if (!ended.await(secondsOnStop(), TimeUnit.SECONDS)) {
                LOG.warn("draining did not end in its time, ending");
            }
        }
    }

    /** Returns whether the gateway ended at the time limit with unfinished work. */
    public boolean isIncomplete() {
        return incomplete;
    }

    private boolean take() {
        try {
            Files.deleteIfExists(complete);
            return Files.deleteIfExists(wish);
        } catch (IOException e) {
            // The next check tries again.
            return false;
        }
    }

    private void look() {
        if (deadline == 0) {
            if (stopping || take()) {
                begin();
            }
            return;
        }
        boolean late = System.nanoTime() - deadline >= 0;
        if (late || isEmpty()) {
            incomplete = !isEmpty();
            if (!incomplete) {
                writeComplete();
            }
            LOG.atLevel(incomplete ? Level.WARN : Level.INFO)
                    .addKeyValue("connections", parts.connections().open())
                    .addKeyValue("packets", parts.packets().packets())
                    .addKeyValue("waiting", waiting())
                    .log(incomplete ? "not drained in framegate.drain.timeout, ending" : "drained, ending");
            looks.shutdown();
            ended.countDown();
            end.run();
        }
    }

    private void begin() {
        deadline = System.nanoTime() + timeout.toNanos();
        health.begin();
        parts.connections().drain();
        LOG.atInfo()
                .addKeyValue("connections", parts.connections().open())
                .addKeyValue("waiting", waiting())
                .addKeyValue("timeout", timeout)
                .log("draining: no new connections");
        // Not in this thread, which watches the time.
        context.getExecutorServiceManager()
                .newThread("framegate-drain-workers", this::stopWorkers)
                .start();
    }

    /**
     * Stops the routes of workers. Each finishes its current document first: otherwise a claim of it could be added
     * after the outbox was found empty.
     */
    private void stopWorkers() {
        for (String route : workers()) {
            try {
                context.getRouteController().stopRoute(route, timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                LOG.atWarn()
                        .addKeyValue("route", route)
                        .addKeyValue("failure", Reason.plain(e))
                        .log("draining: the route of a worker does not stop");
            }
        }
    }

    private List<String> workers() {
        return context.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(route -> route.startsWith(WORKERS))
                .toList();
    }

    private boolean isStopped(String route) {
        return context.getRouteController().getRouteStatus(route).isStopped()
                && context.getInflightRepository().size(route) == 0;
    }

    private void writeComplete() {
        try {
            Files.write(complete, new byte[0]);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("failure", Reason.plain(e))
                    .log("framegate drain cannot be told that the drain is complete");
        }
    }

    private boolean isEmpty() {
        return parts.connections().open() == 0
                && parts.packets().packets() == 0
                && workers().stream().allMatch(this::isStopped)
                && parts.outbox().targets().stream()
                        .allMatch(target -> parts.outbox().waiting(target) == 0);
    }

    /** Returns the targets with waiting deliveries: {@code s3=17,kafka=2}. */
    private String waiting() {
        return parts.outbox().targets().stream()
                .filter(target -> parts.outbox().waiting(target) > 0)
                .map(target -> target + "=" + parts.outbox().waiting(target))
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
