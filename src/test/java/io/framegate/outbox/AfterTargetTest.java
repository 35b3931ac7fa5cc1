package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.language.RefExpression;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Target b gets a delivery only after target a has it: {@code framegate.deliver.b.after=a}. */
@Execution(ExecutionMode.CONCURRENT)
class AfterTargetTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration A_MOMENT = Duration.ofMillis(700);

    @TempDir
    private Path directory = Path.of(".");

    /** What the targets have taken: {@code a:1}. */
    private final List<String> taken = new CopyOnWriteArrayList<>();

    /** What a target does not take yet: {@code a:1}, or {@code a:} for all. */
    private final Set<String> away = ConcurrentHashMap.newKeySet();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private DefaultCamelContext context = new DefaultCamelContext();
    private Outbox outbox = new Outbox(directory, List.of(), Durability.NONE);

    @BeforeEach
    void open() {
        outbox = new Outbox(directory.resolve("outbox"), List.of("a", "b"), Durability.NONE);
        context = new DefaultCamelContext();
        context.getRegistry().bind(OutboxComponent.OUTBOX, outbox);
        DeliveryRetries retries = new DeliveryRetries();
        retries.setDelay(Duration.ofMillis(20));
        retries.setMaxDelay(Duration.ofMillis(20));
        retries.setFailures(Integer.MAX_VALUE);
        context.getRegistry().bind("retries", retries);
        Properties properties = new Properties();
        properties.setProperty("framegate.images.directory", directory + "");
        properties.setProperty("framegate.deliver.b.after", "a");
        properties.setProperty("framegate.deliver.b.events", "true");
        properties.setProperty("framegate.deliver.a.concurrency", "3");
        properties.setProperty("framegate.deliver.b.concurrency", "2");
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    @AfterEach
    void close() {
        context.stop();
        outbox.close();
    }

    private void start(String... targets) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class)
                        .retryWhile(new RefExpression("retries"))
                        .redeliveryPolicyRef("retries");
                onException(IOException.class).maximumRedeliveries(0).logExhausted(false);
                for (String target : targets) {
                    from("outbox:" + target).process(exchange -> take(target, exchange));
                }
            }
        });
        context.start();
    }

    private void take(String target, Exchange exchange) throws IOException {
        String what = target + ":" + exchange.getMessage().getHeader(FramegateHeaders.COUNTER, "event", String.class);
        if (away.contains(what) || away.contains(target + ":")) {
            throw new IllegalStateException("away");
        }
        if (refused.contains(what)) {
            throw new IOException("550");
        }
        taken.add(what);
    }

    private void restart() throws Exception {
        close();
        open();
        start("a", "b");
    }

    private Exchange exchange(String camera, int number) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader(FramegateHeaders.CAMERA_NAME, camera);
        exchange.getMessage().setHeader(FramegateHeaders.CAPTURED_AT, "2026-03-29T07:58:21.5Z");
        exchange.getMessage().setHeader(FramegateHeaders.SHA256, String.format(Locale.ROOT, "%032d", number));
        exchange.getMessage().setHeader(FramegateHeaders.PACKET_SHA256, String.format(Locale.ROOT, "%032d", number));
        return exchange;
    }

    private void store(String camera, int number) throws IOException {
        Files.writeString(directory.resolve(number + ".jpg"), "image");
        Exchange exchange = exchange(camera, number);
        exchange.getMessage().setHeader(FramegateHeaders.COUNTER, number);
        ImageClaims claims = new ImageClaims(outbox);
        claims.note(exchange, number + ".jpg");
        claims.stored(exchange);
    }

    private List<String> takenBy(String target) {
        return taken.stream().filter(what -> what.startsWith(target + ":")).toList();
    }

    private void awaitAll() {
        await().atMost(SOON).until(() -> outbox.waiting("a") + outbox.waiting("b") == 0);
    }

    private void assertNothingAtB() {
        await().during(A_MOMENT).atMost(SOON).until(() -> takenBy("b").isEmpty());
    }

    @Test
    void nothingGoesToATargetBeforeTheOtherHasIt() throws Exception {
        start("a", "b");
        for (int number = 1; number <= 300; number++) {
            store("camera" + number % 5, number);
        }
        awaitAll();
        assertThat(taken).hasSize(600);
        for (int number = 1; number <= 300; number++) {
            assertThat(taken.indexOf("a:" + number)).isLessThan(taken.indexOf("b:" + number));
        }
        List<Integer> ofOne = takenBy("b").stream()
                .map(what -> Integer.valueOf(what.substring(2)))
                .filter(number -> number % 5 == 2)
                .toList();
        assertThat(ofOne).hasSize(60).isSorted();
    }

    @Test
    void targetWaitsWhileTheOtherIsAway() throws Exception {
        away.add("a:");
        start("a", "b");
        store("gate", 1);
        assertNothingAtB();
        away.clear();
        awaitAll();
        assertThat(taken).containsExactly("a:1", "b:1");
    }

    private static boolean isInOtherLane(String camera, String from, int lanes) {
        return Math.floorMod(camera.hashCode(), lanes) != Math.floorMod(from.hashCode(), lanes);
    }

    @Test
    void otherCamerasGoOnWhileOneWaits() throws Exception {
        away.add("a:1");
        start("a", "b");
        store("gooe", 1);
        String other = List.of("c1", "c2", "c3", "c4", "c5", "c6", "c7").stream()
                .filter(camera -> isInOtherLane(camera, "gooe", 2) && isInOtherLane(camera, "gooe", 3))
                .findFirst()
                .orElseThrow();
        store(other, 2);
        await().atMost(SOON).until(() -> takenBy("b").equals(List.of("b:2")));
        away.clear();
        awaitAll();
        assertThat(takenBy("b")).containsExactly("b:2", "b:1");
    }

    @Test
    void whatTheOtherSetsAsideIsSetAsideTooAndSaysWhatToDo() throws Exception {
        refused.add("a:2");
        start("a", "b");
        store("gate", 1);
        store("gate", 2);
        store("gate", 3);
        awaitAll();
        assertThat(takenBy("b")).containsExactly("b:1", "b:3");
        assertThat(outbox.setAside("b").list()).singleElement().satisfies(item -> assertThat(item.reason())
                .isEqualTo("not sent, because a has set it aside and must have it first (expected:"
                        + " framegate outbox --retry a, then --retry b)"));
    }

    /** The operator has both tried again at once, and the first target is away then. */
    @Test
    void whatIsTriedAgainKeepsTheOrder() throws Exception {
        refused.add("a:1");
        start("a", "b");
        store("gate", 1);
        await().atMost(SOON).until(() -> outbox.countSetAside("b") == 1);
        String name = outbox.setAside("a").list().get(0).name();
        away.add("a:");
        refused.clear();
        outbox.setAside("a").retry(name);
        outbox.setAside("b").retry(name);
        await().atMost(SOON).until(() -> outbox.waiting("a") + outbox.waiting("b") == 2);
        assertNothingAtB();
        restart();
        assertNothingAtB();
        away.clear();
        awaitAll();
        assertThat(taken).containsExactly("a:1", "b:1");
        assertThat(directory.resolve("outbox/a/retried")).isEmptyDirectory();
    }

    @Test
    void whatIsTriedAgainBeforeTheOtherHasItIsSetAsideAgain() throws Exception {
        refused.add("a:1");
        start("a", "b");
        store("gate", 1);
        await().atMost(SOON).until(() -> outbox.countSetAside("b") == 1);
        String name = outbox.setAside("b").list().get(0).name();
        outbox.setAside("b").retry(name);
        assertThat(outbox.countSetAside("b")).isZero();
        await().atMost(SOON).until(() -> outbox.countSetAside("b") == 1);
        assertThat(taken).isEmpty();
    }

    /** Target a has the retried claim with another number than the one that target b's claim knows. */
    @Test
    void backlogOfTheLaterTargetWaitsForWhatTheOtherTriesAgain() throws Exception {
        refused.add("a:1");
        start("a");
        store("gate", 1);
        await().atMost(SOON).until(() -> outbox.countSetAside("a") == 1);
        away.add("a:");
        refused.clear();
        outbox.setAside("a").retry(outbox.setAside("a").list().get(0).name());
        await().atMost(SOON).until(() -> outbox.waiting("a") == 1);
        restart();
        assertNothingAtB();
        away.clear();
        awaitAll();
        assertThat(taken).containsExactly("a:1", "b:1");
    }

    @Test
    void restartInBetweenKeepsTheOrder() throws Exception {
        away.add("a:");
        start("a", "b");
        for (int number = 1; number <= 5; number++) {
            store("gate", number);
        }
        assertNothingAtB();
        restart();
        assertNothingAtB();
        away.remove("a:");
        away.add("a:3");
        await().atMost(SOON).until(() -> takenBy("b").equals(List.of("b:1", "b:2")));
        away.clear();
        awaitAll();
        assertThat(takenBy("b")).containsExactly("b:1", "b:2", "b:3", "b:4", "b:5");
    }

    /** Claims count from zero again when a log was empty at the start. */
    @Test
    void claimDoesNotWaitForALaterOneWithTheSameNumber() throws Exception {
        away.add("b:");
        start("a", "b");
        store("gate", 1);
        store("gate", 2);
        await().atMost(SOON).until(() -> outbox.waiting("a") == 0);
        close();
        open();
        away.add("a:");
        away.remove("b:");
        store("gate", 3);
        close();
        open();
        start("a", "b");
        await().atMost(SOON).until(() -> takenBy("b").equals(List.of("b:1", "b:2")));
        assertThat(outbox.waiting("b")).isEqualTo(1);
    }

    @Test
    void claimsOfAnEarlierVersionWaitForWhatTheOtherHadThen() throws Exception {
        for (String target : List.of("a", "b")) {
            Files.writeString(directory.resolve("1.jpg"), "image");
            ClaimLog log = outbox.log(target);
            Exchange exchange = exchange("gate", 1);
            exchange.getMessage().setHeader(FramegateHeaders.COUNTER, 1);
            log.settle(
                    log.append(new Claim("1.jpg", ClaimedHeaders.of(exchange.getMessage(), FramegateHeaders.SHA256))));
        }
        away.add("a:");
        restart();
        assertNothingAtB();
        away.clear();
        awaitAll();
        assertThat(taken).containsExactly("a:1", "b:1");
    }

    @Test
    void eventThatTheOtherNeverGetsDoesNotWait() throws Exception {
        away.add("a:");
        start("a", "b");
        Exchange event = exchange("gate", 1);
        event.getMessage().setHeader(FramegateHeaders.EVENT_TYPE, "PEA");
        new EventClaims(outbox).process(event);
        await().atMost(SOON).until(() -> takenBy("b").equals(List.of("b:event")));
        assertThat(outbox.waiting("a")).isZero();
    }

    @Test
    void imageThatDoesNotExistKeepsNobodyWaiting() throws Exception {
        away.add("a:");
        start("a", "b");
        store("gate", 1);
        Files.delete(directory.resolve("1.jpg"));
        away.clear();
        awaitAll();
        assertThat(outbox.countSetAside("b")).isZero();
    }

    @Test
    void stopDoesNotWaitForTheOtherAndKeepsTheClaims() throws Exception {
        start("b");
        store("gate", 1);
        assertNothingAtB();
        assertTimeout(Duration.ofSeconds(5), context::stop);
        assertThat(outbox.waiting("b")).isEqualTo(1);
    }

    @Test
    void circleAndUnknownTargetAreRefused() {
        TargetOrder order = new TargetOrder();
        order.put("b", "a");
        order.put("c", "b");
        assertThatThrownBy(() -> order.put("a", "c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("framegate.deliver.a.after: c (expected: a target that does not wait for a)");
        assertThatThrownBy(() -> order.put("a", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThat(order.sorted(List.of("c", "b", "a", "d"))).containsExactly("a", "d", "b", "c");
    }
}
