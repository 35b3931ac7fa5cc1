package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.language.RefExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class OutboxConsumerTest {

    @TempDir
    private Path directory = Path.of(".");

    private static Map<String, Object> headers() {
        return new TreeMap<>(Map.of(
                FramegateHeaders.CAMERA_NAME,
                "gate",
                FramegateHeaders.COUNTER,
                17,
                FramegateHeaders.DELIVERY_ID,
                "id"));
    }

    private void refuse(Outbox outbox) throws Throwable {
        refuse(outbox, () -> {});
    }

    private void refuse(Outbox outbox, Executable meanwhile) throws Throwable {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind(OutboxComponent.OUTBOX, outbox);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("outbox:ftp?images=" + directory)
                            .setHeader("CamelFileName", constant("elsewhere"))
                            .removeHeader(FramegateHeaders.COUNTER)
                            .throwException(new IOException("refused"));
                }
            });
            context.start();
            meanwhile.execute();
            await().atMost(Duration.ofSeconds(10)).until(() -> outbox.waiting("ftp") == 0);
        }
    }

    @Test
    void whatIsSetAsideIsTheClaimWhateverTheRouteMadeOfIt() throws Throwable {
        Files.writeString(directory.resolve("a.jpg"), "image");
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE)) {
            ClaimLog log = outbox.log("ftp");
            log.settle(log.append(new Claim("a.jpg", headers())));
            refuse(outbox);
            String name = outbox.setAside("ftp").list().get(0).name();
            assertThat(name).isEqualTo("17-id");
            assertThat(outbox.setAside("ftp").retry(name)).isTrue();
            outbox.resumeSetAside("ftp");
            assertThat(Objects.requireNonNull(log.await(0)).claim()).isEqualTo(new Claim("a.jpg", headers()));
        }
    }

    @Test
    void whatCannotBeSetAsideYetIsSetAsideWhenItCan() throws Throwable {
        Files.writeString(directory.resolve("a.jpg"), "image");
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE)) {
            // A file in the place of the directory.
            Path inTheWay = Files.createFile(directory.resolve("outbox/ftp/set-aside"));
            ClaimLog log = outbox.log("ftp");
            log.settle(log.append(new Claim("a.jpg", headers())));
            refuse(outbox, () -> {
                await().during(Duration.ofMillis(1500)).until(() -> outbox.waiting("ftp") == 1);
                Files.delete(inTheWay);
            });
            assertThat(outbox.countSetAside("ftp")).isEqualTo(1);
        }
    }

    /** Half a minute is the longest pause by default, and who stops a container waits ten seconds. */
    @Test
    void stopDoesNotWaitForTheNextAttempt() throws Exception {
        Files.writeString(directory.resolve("a.jpg"), "image");
        DeliveryRetries retries = new DeliveryRetries();
        retries.setDelay(Duration.ofMinutes(1));
        retries.setMaxDelay(Duration.ofMinutes(1));
        CountDownLatch failed = new CountDownLatch(1);
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE);
                DefaultCamelContext context = new DefaultCamelContext()) {
            ClaimLog log = outbox.log("ftp");
            log.settle(log.append(new Claim("a.jpg", headers())));
            context.getRegistry().bind(OutboxComponent.OUTBOX, outbox);
            context.getRegistry().bind("retries", retries);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(Exception.class)
                            .retryWhile(new RefExpression("retries"))
                            .redeliveryPolicyRef("retries");
                    from("outbox:ftp?concurrency=4&images=" + directory).process(exchange -> {
                        failed.countDown();
                        throw new ConnectException("Connection refused");
                    });
                }
            });
            context.start();
            assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
            assertTimeout(Duration.ofSeconds(6), context::stop);
            assertThat(outbox.waiting("ftp")).isEqualTo(1);
            assertThat(outbox.countSetAside("ftp")).isZero();
        }
    }

    /** An image that fails alone would hold back its lane for ever. An image that fails with all others must wait. */
    @Test
    void whatFailsWhileTheTargetTakesOthersIsSetAside() throws Exception {
        DeliveryRetries retries = new DeliveryRetries();
        retries.setDelay(Duration.ofMillis(50));
        retries.setMaxDelay(Duration.ofMillis(50));
        retries.setFailures(3);
        AtomicBoolean away = new AtomicBoolean(true);
        AtomicInteger attempts = new AtomicInteger();
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE);
                DefaultCamelContext context = new DefaultCamelContext()) {
            ClaimLog log = outbox.log("ftp");
            claim(log, "bad");
            context.getRegistry().bind(OutboxComponent.OUTBOX, outbox);
            context.getRegistry().bind("retries", retries);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(Exception.class)
                            .retryWhile(new RefExpression("retries"))
                            .redeliveryPolicyRef("retries");
                    from("outbox:ftp?concurrency=2&images=" + directory).process(exchange -> {
                        attempts.incrementAndGet();
                        if (away.get() || "bad".equals(exchange.getMessage().getHeader(FramegateHeaders.CAMERA_NAME))) {
                            throw new IOException("500");
                        }
                    });
                }
            });
            context.start();
            await().until(() -> attempts.get() > 10);
            assertThat(outbox.countSetAside("ftp")).isZero();
            away.set(false);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                // Of a camera of the other lane.
                claim(log, "gooe");
                return outbox.countSetAside("ftp") == 1;
            });
            assertThat(outbox.setAside("ftp").list().get(0).path()).isEqualTo("bad.jpg");
            await().until(() -> outbox.waiting("ftp") == 0);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Delivers claims from this directory of images. Returns the names of the delivered cameras, in their order. */
    private List<String> delivered(Outbox outbox, Path images, Step meanwhile) throws Exception {
        List<String> delivered = new CopyOnWriteArrayList<>();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind(OutboxComponent.OUTBOX, outbox);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("outbox:ftp?concurrency=1&images=" + images)
                            .process(exchange -> delivered.add(
                                    exchange.getMessage().getHeader(FramegateHeaders.CAMERA_NAME, String.class)));
                }
            });
            context.start();
            meanwhile.run();
            await().atMost(Duration.ofSeconds(20)).until(() -> outbox.waiting("ftp") == 0);
        }
        return delivered;
    }

    /** A disk that is not mounted for a moment would end all claims of the backlog. */
    @Test
    void claimsWaitWhileTheDirectoryOfTheImagesIsAway() throws Exception {
        Path images = Files.createDirectories(directory.resolve("images"));
        Path elsewhere = directory.resolve("elsewhere");
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE)) {
            for (String camera : List.of("a", "b", "c")) {
                claim(images, outbox.log("ftp"), camera);
            }
            Files.move(images, elsewhere);
            assertThat(delivered(outbox, images, () -> {
                        await().until(() -> outbox.state("ftp").absence() != null);
                        assertThat(outbox.waiting("ftp")).isEqualTo(3);
                        Files.move(elsewhere, images);
                    }))
                    .containsExactly("a", "b", "c");
        }
    }

    /** A file in the place of a directory is no disk that is away. */
    @Test
    void claimWhoseFileCannotBeReadDoesNotHoldUpTheOthers() throws Exception {
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE)) {
            claim(outbox.log("ftp"), "a");
            Map<String, Object> headers = headers();
            outbox.log("ftp").settle(outbox.log("ftp").append(new Claim("a.jpg/b.jpg", headers)));
            claim(outbox.log("ftp"), "c");
            assertThat(delivered(outbox, directory, () -> {})).containsExactly("a", "gate", "c");
        }
    }

    @Test
    void claimOnAnImageThatWasDeletedIsDone() throws Exception {
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE)) {
            claim(outbox.log("ftp"), "a");
            claim(outbox.log("ftp"), "b");
            Files.delete(directory.resolve("a.jpg"));
            assertThat(delivered(outbox, directory, () -> {})).containsExactly("b");
        }
    }

    /** The claims before and after the file that cannot be read are delivered too, and nothing overtakes. */
    @Test
    void claimsAreDeliveredInOrderAfterTheirFileCouldNotBeReadForAMoment() throws Exception {
        List<String> cameras = new ArrayList<>();
        Path outboxes = directory.resolve("outbox");
        Path claims = outboxes.resolve("ftp");
        for (int run = 0; run < 3; run++) {
            // Each run begins another file.
            try (Outbox outbox = new Outbox(outboxes, List.of("ftp"), Durability.NONE)) {
                cameras.add("camera" + run);
                claim(outbox.log("ftp"), "camera" + run);
            }
        }
        try (Outbox outbox = new Outbox(outboxes, List.of("ftp"), Durability.NONE)) {
            Path second;
            try (Stream<Path> files = Files.list(claims)) {
                second = files.filter(file -> file.toString().endsWith(".claims"))
                        .sorted()
                        .toList()
                        .get(1);
            }
            Path hidden = claims.resolve("hidden");
            Files.move(second, hidden);
            assertThat(delivered(outbox, directory, () -> {
                        await().until(() -> outbox.state("ftp").absence() != null);
                        Files.move(hidden, second);
                    }))
                    .containsExactlyElementsOf(cameras);
        }
    }

    /** The names of set-aside claims begin with a number that is not padded. */
    @Test
    void claimsThatAreRetriedKeepTheirOrder() throws Exception {
        try (Outbox outbox = new Outbox(directory.resolve("outbox"), List.of("ftp"), Durability.NONE)) {
            SetAside setAside = outbox.setAside("ftp");
            // The later image was refused first.
            for (int number : List.of(10, 9)) {
                Map<String, Object> headers = headers();
                headers.put(FramegateHeaders.COUNTER, number);
                Claim claim = new Claim(number + ".jpg", headers);
                setAside.add(claim.name(), claim, "550");
                assertThat(setAside.retry(claim.name())).isTrue();
            }
            outbox.resumeSetAside("ftp");
            assertThat(Objects.requireNonNull(outbox.log("ftp").await(0))
                            .claim()
                            .path())
                    .isEqualTo("9.jpg");
        }
    }

    private void claim(ClaimLog log, String camera) throws IOException {
        claim(directory, log, camera);
    }

    private static void claim(Path directory, ClaimLog log, String camera) throws IOException {
        Files.writeString(directory.resolve(camera + ".jpg"), "image");
        Map<String, Object> headers = headers();
        headers.put(FramegateHeaders.CAMERA_NAME, camera);
        log.settle(log.append(new Claim(camera + ".jpg", headers)));
    }
}
