package io.framegate.attack;

import static io.framegate.it.support.Eventually.eventually;

import io.framegate.it.support.GatewayProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attack on one gateway with default properties, and a good camera beside it.
 *
 * <pre>
 * gateway starts | camera alone, 2 s | attack, 15 s | 10 s | camera alone, 3 s | camera leaves | SIGTERM
 *                                  heap                                                       heap
 * </pre>
 */
final class AttackRun implements AutoCloseable {

    private static final Duration ATTACK = Duration.ofSeconds(15);
    private static final Duration SCRIPT = Duration.ofSeconds(40);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final int POSTS_ALONE = 12;

    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Duration LATE_AFTERWARDS = Duration.ofMillis(50);
    private static final long GROWTH = 10 << 20;
    private static final int TERMINATED = 143;

    /** What a connection whose packets wait for the routes holds at most. */
    private static final long BUFFER = 72 << 10;

    private final String scenario;
    private final String xmx;
    private final GatewayProcess gateway;
    private final SoftAssertions facts = new SoftAssertions();
    private @Nullable Work work;
    private AttackTable.@Nullable Row row;
    private Runnable finish = () -> {};
    private BooleanSupplier over = () -> true;
    private boolean newcomer;
    private long backlog;

    /** What else happens, again and again, while the attack lasts. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    AttackRun(String scenario, String xmx, Path directory) {
        this.scenario = scenario;
        this.xmx = xmx;
        gateway = new GatewayProcess(directory.resolve("gateway")).withOption("-Xmx" + xmx);
    }

    GatewayProcess gateway() {
        return gateway;
    }

    /** What a test says beyond what every test says. */
    SoftAssertions facts() {
        return facts;
    }

    /** The good camera connects anew for each picture, from the moment at which the attackers are connected. */
    AttackRun withNewcomer() {
        newcomer = true;
        return this;
    }

    /** Does this too, on the test's thread. */
    AttackRun beside(Work action) {
        work = action;
        return this;
    }

    /** Does this when the attackers have left. */
    AttackRun afterwards(Runnable action) {
        finish = action;
        return this;
    }

    /**
     * The attackers leave whole packets in the buffers of the sockets, which the gateway still takes. What it holds
     * meanwhile is a buffer for each connection. The heap has new garbage when it is measured, and is not compared.
     */
    AttackRun withPacketsToTake(int connections) {
        backlog = connections * BUFFER;
        return this;
    }

    /** Goes on until this is so, within limits. */
    AttackRun until(BooleanSupplier done) {
        over = done;
        return this;
    }

    /** Attacks and checks; the facts that a test adds are to be checked by {@link #close}. */
    AttackRun attack(Attack... attacks) throws Exception {
        gateway.start();
        GoodCamera camera = new GoodCamera(gateway.cameraPort(), true);
        try {
            alone(camera);
            Vitals before = Vitals.afterCollection(gateway);
            long begin = System.nanoTime();
            try (Attackers attackers = new Attackers(gateway.cameraPort(), attacks)) {
                if (newcomer) {
                    camera.close();
                    long all =
                            Arrays.stream(attacks).mapToInt(Attack::connections).sum();
                    eventually("attackers connected").until(() -> attackers.connected() >= all);
                    begin = System.nanoTime();
                    camera = new GoodCamera(gateway.cameraPort(), false);
                }
                last(begin);
                facts.assertThat(attackers.connected()).as("attackers").isPositive();
                AttackTable.note(scenario + " " + xmx + ": " + attackers);
            }
            long end = System.nanoTime();
            finish.run();
            eventually("rest", REST.plusSeconds(10))
                    .until(() -> !gateway.isAlive() || System.nanoTime() - end > REST.toNanos());
            long rested = System.nanoTime();
            alone(camera);
            camera.close();
            Times during = Times.of(camera.between(begin, end));
            Times after = Times.of(camera.between(rested, System.nanoTime()));
            check(during, after, before);
        } finally {
            camera.close();
        }
        return this;
    }

    private void last(long begin) throws Exception {
        while (gateway.isAlive()) {
            if (work != null) {
                work.run();
            }
            long nanos = System.nanoTime() - begin;
            if (nanos > SCRIPT.toNanos() || (nanos > ATTACK.toNanos() && over.getAsBoolean())) {
                return;
            }
            eventually("a while", LATE.multipliedBy(2)).until(() -> System.nanoTime() - begin - nanos > 100_000_000L);
        }
    }

    /** As long as a camera takes for some posts that is answered at once; one of those that are not is enough. */
    private void alone(GoodCamera camera) {
        int posts = camera.count();
        long begin = System.nanoTime();
        eventually("posts", Duration.ofMinutes(1))
                .until(() -> !gateway.isAlive()
                        || camera.count() - posts >= POSTS_ALONE
                        || (System.nanoTime() - begin > REST.toNanos() && camera.count() > posts));
    }

    private void check(Times during, Times after, Vitals before) throws IOException, InterruptedException {
        facts.assertThat(gateway.isAlive()).as("alive").isTrue();
        if (gateway.isAlive()) {
            try {
                eventually("given back", Duration.ofSeconds(5)).until(() -> Vitals.held(gateway) <= backlog);
            } catch (ConditionTimeoutException still) {
                // The figure below says so.
            }
        }
        Vitals end = Vitals.afterCollection(gateway);
        facts.assertThat(gateway.logLines("OutOfMemoryError")).as("log").isEmpty();
        facts.assertThat(during.posts()).as("posts during the attack").isPositive();
        facts.assertThat(during.failed())
                .as("posts not answered with 200, of %s", during)
                .isZero();
        facts.assertThat(after.failed())
                .as("posts not answered with 200, of %s", after)
                .isZero();
        facts.assertThat(Duration.ofNanos(during.p99()))
                .as("p99 during the attack")
                .isLessThan(LATE);
        facts.assertThat(Duration.ofNanos(after.p99()))
                .as("p99 ten seconds after it")
                .isLessThan(LATE_AFTERWARDS);
        if (backlog == 0) {
            facts.assertThat(end.heap() - before.heap())
                    .as("growth of the heap from %d", before.heap())
                    .isLessThan(GROWTH);
        }
        facts.assertThat(end.held()).as("bytes held").isBetween(0L, backlog);
        int code = terminate();
        facts.assertThat(code).as("exit code after SIGTERM").isEqualTo(TERMINATED);
        row = new AttackTable.Row(scenario, xmx, during, after, before, end);
    }

    private int terminate() {
        try {
            return gateway.terminate();
        } catch (IllegalStateException deaf) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        if (row != null) {
            AttackTable.add(row, facts.errorsCollected().isEmpty());
        }
        facts.assertAll();
    }
}
