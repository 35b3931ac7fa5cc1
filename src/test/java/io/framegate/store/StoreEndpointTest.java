package io.framegate.store;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.FramegateHeaders;
import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreEndpointTest {

    private static final String NUMBERED = "numbers=#numbers&fileName=RAW(a/image_${header.FramegateCounter}.jpg)";

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @TempDir
    private Path directory = Path.of(".");

    private ImageCounter counter;
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        counter = new ImageCounter(directory.resolve("counter"), Durability.NONE);
        camel.getRegistry().bind("numbers", counter);
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        camel.stop();
        counter.close();
    }

    private Exchange send(String options, @Nullable Object body, Map<String, Object> headers) {
        return template.send("store:" + directory.resolve("images") + "?" + options, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    private Exchange send(String options, byte[] body, String name) {
        return send(options, body, Map.of(Exchange.FILE_NAME, name));
    }

    private List<String> files() throws IOException {
        Path images = directory.resolve("images");
        try (Stream<Path> files = Files.exists(images) ? Files.walk(images) : Stream.empty()) {
            return files.filter(Files::isRegularFile)
                    .map(file -> images.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 1_000_000})
    void fileHoldsTheWholeBody(int length) throws IOException {
        byte[] image = new byte[length];
        new Random(length).nextBytes(image);
        assertThat(send("", image, "a.jpg").getException()).isNull();
        assertThat(directory.resolve("images/a.jpg")).hasBinaryContent(image);
        assertThat(files()).containsExactly("a.jpg");
    }

    @Test
    void textBecomesAFileInTheCharsetOfTheEndpoint() throws IOException {
        send("charset=UTF-16BE", "Tür", Map.of(Exchange.FILE_NAME, "a.txt"));
        send("", "Tür", Map.of(Exchange.FILE_NAME, "b.txt"));
        assertThat(directory.resolve("images/a.txt")).hasBinaryContent("Tür".getBytes(UTF_16BE));
        assertThat(directory.resolve("images/b.txt")).hasBinaryContent("Tür".getBytes(UTF_8));
    }

    @Test
    void missingDirectoriesAreMade() throws IOException {
        send("", new byte[1], "2026/03/29/a.jpg");
        assertThat(files()).containsExactly("2026/03/29/a.jpg");
    }

    @Test
    void existingFileIsNotReplaced() {
        send("", new byte[1], "a.jpg");
        Exchange second = send("", new byte[2], "a.jpg");
        assertThat(second.getException()).hasMessageContaining("already exist");
        assertThat(directory.resolve("images/a.jpg")).hasSize(1);
    }

    @Test
    void existingFileIsReplacedIfTheEndpointSaysSo() {
        send("fileExist=Override", new byte[1], "a.jpg");
        assertThat(send("fileExist=Override", new byte[2], "a.jpg").getException())
                .isNull();
        assertThat(directory.resolve("images/a.jpg")).hasSize(2);
    }

    @Test
    void nameOutsideTheDirectoryIsRefused() throws IOException {
        assertThat(send("", new byte[1], "../a.jpg").getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(directory.resolve("a.jpg")).doesNotExist();
        assertThat(files()).isEmpty();
    }

    @Test
    void otherOptionsOfFileStayValid() throws IOException {
        send("doneFileName=${file:name}.done&flatten=true", new byte[1], "x/a.jpg");
        send("allowNullBody=true", null, Map.of(Exchange.FILE_NAME, "empty"));
        send("tempPrefix=writing-", new byte[1], "b.jpg");
        assertThat(files()).containsExactly("a.jpg", "a.jpg.done", "b.jpg", "empty");
    }

    @Test
    void headersAreAsTheyWereButForNumberAndPath() {
        Exchange stored = send(NUMBERED, new byte[] {7}, Map.of("a", "b"));
        assertThat(stored.getException()).isNull();
        assertThat(stored.getMessage().getHeaders())
                .containsOnly(
                        Map.entry("a", "b"),
                        Map.entry(FramegateHeaders.COUNTER, 1L),
                        Map.entry(FramegateHeaders.STORED_PATH, "a/image_1.jpg"));
        assertThat(stored.getMessage().getBody()).isEqualTo(new byte[] {7});
    }

    @Test
    void numbersCountUpAndEveryPartOfTheNameIsSafe() throws IOException {
        String unsafe = "numbers=#numbers&fileName=RAW(${header.x}/${header.FramegateCounter}.jpg)";
        send(unsafe, new byte[1], Map.of("x", "../..\\:/etc"));
        send(unsafe, new byte[1], Map.of("x", "CON"));
        assertThat(files()).hasSize(2).allMatch(name -> name.matches("[A-Za-z0-9._/-]+/[12]\\.jpg"));
        assertThat(files()).noneMatch(name -> name.contains(".."));
    }

    @Test
    void nameThatIsTakenGetsASuffix() throws IOException {
        String same = "numbers=#numbers&fileName=RAW(latest.jpg)";
        for (int copy = 1; copy <= 3; copy++) {
            assertThat(send(same, new byte[copy], Map.of()).getException()).isNull();
        }
        assertThat(files()).containsExactly("latest.jpg", "latest_2.jpg", "latest_3.jpg");
    }

    @Test
    void repeatedAttemptKeepsNumberAndName() throws IOException {
        Files.createDirectories(directory.resolve("images"));
        Path obstacle = Files.writeString(directory.resolve("images/a"), "in the way");
        Exchange exchange = send(NUMBERED, new byte[1], Map.of());
        assertThat(exchange.getException()).isInstanceOf(IOException.class);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(FramegateHeaders.STORED_PATH);
        Files.delete(obstacle);
        exchange.setException(null);
        template.send("store:" + directory.resolve("images") + "?" + NUMBERED, exchange);
        assertThat(exchange.getException()).isNull();
        assertThat(files()).containsExactly("a/image_1.jpg");
        assertThat(counter.next()).isEqualTo(2);
    }

    /** Camel restores the headers before another attempt. */
    @Test
    void repeatedAttemptHasTheNumberInItsHeaderAgain() throws IOException {
        Files.createDirectories(directory.resolve("images"));
        Path obstacle = Files.writeString(directory.resolve("images/a"), "in the way");
        Exchange exchange = send(NUMBERED, new byte[1], Map.of());
        Files.delete(obstacle);
        exchange.setException(null);
        exchange.getMessage().removeHeader(FramegateHeaders.COUNTER);
        template.send("store:" + directory.resolve("images") + "?" + NUMBERED, exchange);
        assertThat(exchange.getMessage().getHeader(FramegateHeaders.COUNTER)).isEqualTo(1L);
    }

    @Test
    void claimsAreNotedBeforeTheFileHasItsName() throws IOException {
        List<String> steps = new ArrayList<>();
        camel.getRegistry().bind("claims", new Claims() {
            @Override
            public void note(Exchange exchange, String path) throws IOException {
                steps.add("note " + path + " " + files().stream().allMatch(TemporaryFiles::isTemporary));
            }

            @Override
            public void stored(Exchange exchange) {
                steps.add("stored " + exchange.getMessage().getHeader(FramegateHeaders.STORED_PATH));
            }
        });
        send(NUMBERED + "&claims=#claims", new byte[1], Map.of());
        assertThat(steps).containsExactly("note a/image_1.jpg true", "stored a/image_1.jpg");
    }

    @Test
    void imageWhoseClaimsCannotBeNotedIsNotStored() throws IOException {
        camel.getRegistry().bind("claims", new Claims() {
            @Override
            public void note(Exchange exchange, String path) throws IOException {
                throw new IOException("disk gone");
            }

            @Override
            public void stored(Exchange exchange) {
                throw new AssertionError("not stored");
            }
        });
        Exchange failed = send(NUMBERED + "&claims=#claims", new byte[1], Map.of());
        assertThat(failed.getException()).isInstanceOf(IOException.class).hasMessage("disk gone");
        assertThat(files()).isEmpty();
    }

    @Test
    void nameThatCannotBeForcedToDiskIsTakenBack() throws IOException {
        Durability broken = (Durability) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Durability.class}, (of, method, a) -> {
                    if (method.getName().equals("renamed")) {
                        throw new IOException("Input/output error");
                    }
                    return null;
                });
        camel.getRegistry().bind("durability", broken);
        Exchange failed = send(NUMBERED + "&durability=#durability", new byte[1], Map.of());
        assertThat(failed.getException()).isInstanceOf(NotForcedException.class);
        assertThat(failed.getMessage().getHeaders()).doesNotContainKey(FramegateHeaders.STORED_PATH);
        assertThat(files()).isEmpty();
    }

    @Test
    void directoryThatIsGoneIsMadeAgainAsTheDurabilitySays() throws IOException {
        List<Path> made = new ArrayList<>();
        camel.getRegistry().bind("durability", new Durability() {
            @Override
            public void makeRoot(Path root) throws IOException {
                made.add(root);
                Durability.super.makeRoot(root);
            }
        });
        Path images = Files.createDirectory(directory.resolve("images"));
        assertThat(send("durability=#durability", new byte[1], "a/1").getException())
                .isNull();
        assertThat(made).isEmpty();
        Files.move(images, directory.resolve("moved"));
        assertThat(send("durability=#durability", new byte[1], "a/2").getException())
                .isNull();
        assertThat(made).containsExactly(images);
        assertThat(files()).containsExactly("a/2");
    }

    @Test
    void onlyTemporaryFilesOfAnEarlierRunAreSwept() throws IOException {
        Path deep = Files.createDirectories(directory.resolve("2026/03"));
        Path leftover = Files.write(deep.resolve(".framegate-1.part"), new byte[1]);
        Path fresh = Files.write(deep.resolve(".framegate-2.part"), new byte[1]);
        Path foreign = Files.write(deep.resolve("mine.part"), new byte[1]);
        Path image = Files.write(deep.resolve("image_1.jpg"), new byte[1]);
        Instant start = Instant.now();
        for (Path old : new Path[] {leftover, foreign, image}) {
            Files.setLastModifiedTime(old, FileTime.from(start.minusSeconds(60)));
        }
        Files.setLastModifiedTime(fresh, FileTime.from(start.plusSeconds(1)));
        assertThat(TemporaryFiles.deleteBelow(directory, start)).isEqualTo(1);
        assertThat(leftover).doesNotExist();
        assertThat(fresh).exists();
        assertThat(foreign).exists();
        assertThat(image).exists();
    }

    @Test
    void programThatDeletesEmptyDirectoriesDoesNotDisturb() throws Exception {
        Path images = Files.createDirectories(directory.resolve("images"));
        AtomicBoolean written = new AtomicBoolean();
        AtomicInteger deleted = new AtomicInteger();
        CompletableFuture<Void> cleaner = CompletableFuture.runAsync(() -> {
            while (!written.get()) {
                // More often, and on a slow disk it would delete each directory before a file is in it.
                LockSupport.parkNanos(2_000_000);
                for (String empty : List.of("a/b/c", "a/b", "a")) {
                    deleted.addAndGet(images.resolve(empty).toFile().delete() ? 1 : 0);
                }
            }
        });
        try {
            for (int number = 0; number < 3000; number++) {
                assertThat(send("", new byte[10], "a/b/c/" + number).getException())
                        .isNull();
                Files.delete(images.resolve("a/b/c/" + number));
            }
        } finally {
            written.set(true);
        }
        cleaner.join();
        assertThat(deleted).hasValueGreaterThan(10);
    }
}
