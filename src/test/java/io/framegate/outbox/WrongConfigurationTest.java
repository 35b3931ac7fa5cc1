package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.language.RefExpression;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

/** A target that has taken nothing since the start, and refuses what it gets or the login. */
@Execution(ExecutionMode.CONCURRENT)
class WrongConfigurationTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final DeliveryRetries retries = new DeliveryRetries();
    private final AtomicInteger attempts = new AtomicInteger();
    private final DefaultCamelContext context = new DefaultCamelContext();

    @TempDir
    private Path directory = Path.of(".");

    /** Gives the failure for a camera's image, or null. */
    private volatile Function<String, @Nullable Exception> target = camera -> null;

    @SuppressWarnings("NullAway.Init")
    private Outbox outbox;

    @BeforeEach
    void start() throws Exception {
        outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE);
        retries.setDelay(Duration.ofMillis(20));
        retries.setMaxDelay(Duration.ofMillis(20));
        context.getRegistry().bind(OutboxComponent.OUTBOX, outbox);
        context.getRegistry().bind("retries", retries);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .retryWhile(new RefExpression("retries"))
                        .redeliveryPolicyRef("retries");
                from("outbox:ftp?concurrency=2&images=" + directory)
                        .routeId("deliver")
                        .process(exchange -> {
                            attempts.incrementAndGet();
                            Exception failure = target.apply(
                                    exchange.getMessage().getHeader(FramegateHeaders.CAMERA_NAME, String.class));
                            if (failure != null) {
                                throw failure;
                            }
                        });
            }
        });
        context.start();
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
        outbox.close();
    }

    private void image(String camera) throws IOException {
        Files.writeString(directory.resolve(camera + ".jpg"), "image");
        Map<String, Object> headers = new TreeMap<>(Map.of(
                FramegateHeaders.CAMERA_NAME, camera,
                FramegateHeaders.COUNTER, 17,
                FramegateHeaders.DELIVERY_ID, camera));
        ClaimLog log = outbox.log("ftp");
        log.settle(log.append(new Claim(camera + ".jpg", headers)));
    }

    private void awaitAttempts(int count) {
        await().atMost(SOON).until(() -> attempts.get() >= count);
    }

    private TargetState.Absence absence() {
        return Objects.requireNonNull(outbox.state("ftp").absence());
    }

    private static Exception ftp(int code) {
        return new GenericFileOperationFailedException(code, code + " said", "Error writing file");
    }

    private static Exception http(int status) {
        return new HttpOperationFailedException("http://127.0.0.1/", status, "said", null, Map.of(), "");
    }

    @Test
    void nothingIsSetAsideAndItGoesOnWhenTheTargetIsRight() throws Exception {
        target = camera -> ftp(550);
        image("a");
        image("b");
        awaitAttempts(20);
        assertThat(outbox.countSetAside("ftp")).isZero();
        assertThat(absence().refusing()).isTrue();
        assertThat(absence().reason()).contains("550 said");
        target = camera -> null;
        await().atMost(SOON).until(() -> outbox.waiting("ftp") == 0);
        assertThat(outbox.countSetAside("ftp")).isZero();
        assertThat(outbox.state("ftp").absence()).isNull();
    }

    @Test
    void whatIsRefusedAfterTheFirstSuccessIsSetAside() throws Exception {
        image("a");
        await().atMost(SOON).until(() -> outbox.waiting("ftp") == 0);
        target = camera -> http(422);
        image("a");
        await().atMost(SOON).until(() -> outbox.countSetAside("ftp") == 1);
        assertThat(attempts).hasValue(1 + 3);
    }

    /** The image that was refused first is the only one that is wrong. */
    @Test
    void successOfAnotherCameraSetsAsideWhatIsRefusedStill() throws Exception {
        target = camera -> camera.equals("a") ? ftp(553) : null;
        image("a");
        awaitAttempts(10);
        assertThat(outbox.countSetAside("ftp")).isZero();
        image("b");
        await().atMost(SOON).until(() -> outbox.waiting("ftp") == 0);
        assertThat(outbox.setAside("ftp").list()).singleElement().satisfies(item -> assertThat(item.path())
                .isEqualTo("a.jpg"));
    }

    @Test
    void whatIsTooLongIsSetAsideAlsoBeforeTheFirstSuccess() throws Exception {
        target = camera -> http(413);
        image("a");
        await().atMost(SOON).until(() -> outbox.countSetAside("ftp") == 1);
    }

    @Test
    void commandSetsAsideWhatIsRefusedNowAndNothingElse() throws Exception {
        target = camera -> http(404);
        image("a");
        awaitAttempts(10);
        assertThat(command("--set-aside", "ftp")).isZero();
        await().atMost(SOON).until(() -> outbox.countSetAside("ftp") == 1);
        image("b");
        int before = attempts.get();
        awaitAttempts(before + 10);
        assertThat(outbox.countSetAside("ftp")).isEqualTo(1);
        assertThat(outbox.waiting("ftp")).isEqualTo(1);
    }

    @Test
    void commandNeedsAGatewayThatRuns() throws IOException {
        context.close();
        outbox.close();
        assertThat(command("--set-aside", "ftp")).isEqualTo(1);
    }

    private int command(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--directory", directory.resolve("outbox") + ""));
        all.addAll(List.of(arguments));
        return new CommandLine(new OutboxCommand()).execute(all.toArray(String[]::new));
    }

    @Test
    void routeThatStartsAgainBelievesNothing() throws Exception {
        image("a");
        await().atMost(SOON).until(() -> outbox.waiting("ftp") == 0);
        target = camera -> http(405);
        context.getRouteController().stopRoute("deliver");
        context.getRouteController().startRoute("deliver");
        image("a");
        int before = attempts.get();
        awaitAttempts(before + 10);
        assertThat(outbox.countSetAside("ftp")).isZero();
    }

    /** Two lanes have an image each. */
    @Test
    void refusedLoginIsTriedOnceAndThenAfterThePause() throws Exception {
        retries.setLoginDelay(Duration.ofSeconds(3));
        target = camera -> ftp(530);
        image("a");
        image("b");
        awaitAttempts(1);
        await().during(Duration.ofSeconds(1)).until(() -> attempts.get() == 1);
        assertThat(absence().reason())
                .startsWith("the target refuses the login of user anonymous (expected: framegate.deliver.ftp.user");
        target = camera -> null;
        await().atMost(SOON).until(() -> outbox.waiting("ftp") == 0);
        assertThat(outbox.countSetAside("ftp")).isZero();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void stopDoesNotWaitForThePauseAfterALogin() throws Exception {
        target = camera -> http(401);
        image("a");
        awaitAttempts(1);
        context.stop();
        assertThat(attempts).hasValue(1);
        assertThat(outbox.waiting("ftp")).isEqualTo(1);
        assertThat(outbox.countSetAside("ftp")).isZero();
    }
}
