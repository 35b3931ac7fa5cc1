package io.framegate.context;

import io.framegate.settings.DeliverSettings;
import io.framegate.settings.Settings;
import io.framegate.settings.StoreSettings;
import io.framegate.watch.DrainHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Empties the gateway before it ends: when {@code framegate drain} has written a file, which this finds within a
 * second, or, with {@code framegate.drain.on-stop}, when the gateway is told to stop.
 *
 * <pre>
 * 1. Listeners stop listening, and the readiness is DOWN.
 * 2. A connection is closed as soon as no packet of it is open.
 * 3. The gateway ends when no connection is open and nothing waits for a target. It ends after framegate.drain.timeout
 *    in any case, and logs what is left.
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class Drain implements AutoCloseable {

    /** The exit code of a gateway that ended by the time limit. */
    public static final int INCOMPLETE = 4;

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate");
    private static final long LOOK_MILLIS = 500;

    /** The time until the first look and after the last one, with some to spare. */
    private static final long LOOK_SECONDS = 5;

    private final GatewayParts parts;
    private final Path wish;
    private final Duration timeout;
    private final DrainHealth health = new DrainHealth();
    private final Runnable end;
    private final ScheduledExecutorService looks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final boolean onStop;

    /** The end of the time, in nanoseconds; 0 before anybody wanted a drain. */
    private long deadline;

    private volatile boolean stopping;
    private volatile boolean incomplete;

    private Drain(CamelContext context, GatewayParts parts, Settings settings, Runnable end) {
        this.parts = parts;
        this.end = end;
        wish = wish(Path.of(settings.get(StoreSettings.IMAGES)));
        timeout = settings.get(DeliverSettings.DRAIN_TIMEOUT);
        onStop = settings.get(DeliverSettings.DRAIN_ON_STOP);
        looks = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "framegate-drain");
    }

    /** Looks for the wish from now on, and runs {@code end} when the gateway is empty. An earlier wish is forgotten. */
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

    /** The file that {@code framegate drain} writes, for the gateway that has these images. */
    public static Path wish(Path images) {
        return images.resolve(".framegate").resolve("drain.wanted");
    }

    /** The longest time, in seconds, for which {@link #beforeStop} waits; 0 without {@code framegate.drain.on-stop}. */
    public int secondsOnStop() {
        return onStop ? (int) Math.min(timeout.toSeconds() + LOOK_SECONDS, Integer.MAX_VALUE / 2) : 0;
    }

    /** Call this when the gateway is told to stop. With {@code framegate.drain.on-stop}, waits until it is empty. */
    public void beforeStop() throws InterruptedException {
        if (onStop) {
            stopping = true;
            if (!ended.await(secondsOnStop(), TimeUnit.SECONDS)) {
                LOG.warn("draining did not end in its time, ending");
            }
        }
    }

    /** Whether the gateway ended by the time limit, with something left. */
    public boolean isIncomplete() {
        return incomplete;
    }

    private boolean take() {
        try {
            return Files.deleteIfExists(wish);
        } catch (IOException e) {
            // The next look tries again.
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
    }

    private boolean isEmpty() {
        return parts.connections().open() == 0
                && parts.packets().packets() == 0
                && parts.outbox().targets().stream()
                        .allMatch(target -> parts.outbox().waiting(target) == 0);
    }

    /** {@code s3=17,kafka=2}: the targets that have not all yet. */
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
