package io.framegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class ImageCounterTest {

    private final Path directory;

    ImageCounterTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void firstNumberIsOne() {
        try (ImageCounter counter = new ImageCounter(directory.resolve("a/b"), Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(1);
            assertThat(counter.next()).isEqualTo(2);
        }
    }

    @Test
    void cleanStopLeavesNoGap() {
        long last = 0;
        for (int start = 0; start < 5; start++) {
            try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
                for (int i = 0; i < 700; i++) {
                    assertThat(counter.next()).isEqualTo(++last);
                }
            }
        }
    }

    @Test
    void killLeavesAGapOfLessThanABlockAndNoNumberTwice() throws Exception {
        Path report = directory.resolve("report");
        Path images = directory.resolve("images");
        long highest = 0;
        for (int count : new int[] {1, 999, 1000, 1001, 2500}) {
            child(images, report, count);
            List<String> numbers = Files.readAllLines(report);
            assertThat(numbers).hasSize(count);
            long first = Long.parseLong(numbers.get(0), 10);
            assertThat(first).isGreaterThan(highest).isLessThanOrEqualTo(highest + ImageCounter.BLOCK);
            highest = Long.parseLong(numbers.get(count - 1), 10);
            assertThat(highest).isEqualTo(first + count - 1);
        }
        try (ImageCounter counter = new ImageCounter(images, Durability.NONE)) {
            assertThat(counter.next()).isGreaterThan(highest);
        }
    }

    @Test
    void otherProcessIsRefused() throws Exception {
        Path report = directory.resolve("report");
        try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
            // Tried in this process first: a failed attempt must not release the lock.
            assertThatIllegalStateException().isThrownBy(() -> new ImageCounter(directory, Durability.NONE));
            child(directory, report, 1);
            assertThat(report)
                    .content()
                    .isEqualTo(
                            "images directory: " + directory + " is in use (expected: one gateway for each directory;"
                                    + " stop the other one, or set framegate.images.directory)");
            assertThat(counter.next()).isEqualTo(1);
        }
        child(directory, report, 1);
        assertThat(report).hasContent("2");
    }

    @Test
    void sameDirectoryByAnotherNameIsRefused() throws IOException {
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
        try (ImageCounter counter = new ImageCounter(directory.resolve("real"), Durability.NONE)) {
            assertThatIllegalStateException().isThrownBy(() -> new ImageCounter(link, Durability.NONE));
            assertThat(counter.next()).isEqualTo(1);
        }
        try (ImageCounter counter = new ImageCounter(link, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(2);
        }
    }

    @Test
    void concurrentCallersNeverShareANumber() throws Exception {
        int threads = 8;
        int each = 5_000;
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                callers.add(executor.submit(() -> {
                    long before = 0;
                    for (int i = 0; i < each; i++) {
                        long number = counter.next();
                        assertThat(number).isGreaterThan(before);
                        before = number;
                        seen.add(number);
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get(60, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(seen).hasSize(threads * each).contains(1L, (long) threads * each);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "17",
                "17\r\n",
                " 17\n",
                "-17\n",
                "+17\n",
                "0\n",
                "x\n",
                "17\n\n",
                "٣\n",
                "1234567890123456789\n"
            })
    void damagedFileGoesOnAfterTheHighestImage(String content) throws IOException {
        image("image_41_AA_20260101_000000.jpg");
        counterFile(content);
        try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(42);
        }
        assertThat(directory.resolve(".framegate/counter")).hasContent("43");
    }

    @ParameterizedTest
    @CsvSource({"17, 17", "0017, 17", "999999999999999999, 999999999999999999"})
    void numberWrittenByHandIsTaken(String text, long number) throws IOException {
        counterFile(text + "\n");
        try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(number);
        }
    }

    @Test
    void missingFileGoesOnAfterTheHighestImageInAnyDirectory() throws IOException {
        image("image_7_AA_20260101_000000.jpg");
        image("2026/01/image_123_BB_20260101_000000_plate.png");
        image("2026/02/image_99_BB_20260101_000000.jpg");
        image("image_500.jpg");
        image("snapshot_600_x.jpg");
        image("image_700x_y.jpg");
        image("image_9999999999999999_x.jpg");
        try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(124);
        }
    }

    @Test
    void imagesBehindALinkAreCounted(@TempDir Path otherDisk) throws IOException {
        Files.writeString(otherDisk.resolve("image_55_x.jpg"), "x");
        Files.createSymbolicLink(directory.resolve("archive"), otherDisk);
        Files.createSymbolicLink(directory.resolve("loop"), directory);
        Files.createSymbolicLink(directory.resolve("nowhere"), directory.resolve("missing"));
        try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(56);
        }
    }

    @Test
    void presentFileIsBelievedWithoutASearch() throws IOException {
        image("image_700_x.jpg");
        counterFile("17\n");
        try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(17);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "image_1_x, 1",
        "image_000012_x, 12",
        "image_999999999999999_, 999999999999999",
        "image_1000000000000000_, 0",
        "image__x, 0",
        "image_1, 0",
        "image_, 0",
        "'', 0",
        "Image_1_x, 0",
        "image_-1_x, 0",
        "image_٣_x, 0",
        "xmage_1_x, 0",
    })
    void numberIsReadFromAName(String name, long number) {
        assertThat(HighestNumber.numberIn(name)).isEqualTo(number);
    }

    @Test
    void directoryThatCannotBeWrittenIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new ImageCounter(file, Durability.NONE))
                .withMessageStartingWith("images directory: " + file + " is not writable, ")
                .withMessageEndingWith(" (expected: a directory in which files can be created)");
    }

    @Test
    void failedStartReleasesTheDirectory() throws IOException {
        Path obstacle = Files.createDirectories(directory.resolve(".framegate/counter.tmp"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new ImageCounter(directory, Durability.NONE));
        Files.delete(obstacle);
        try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(1);
        }
    }

    @Test
    void blockThatCannotBeReservedIsTriedAgain() throws IOException {
        try (ImageCounter counter = new ImageCounter(directory, Durability.NONE)) {
            for (int i = 1; i <= ImageCounter.BLOCK; i++) {
                assertThat(counter.next()).isEqualTo(i);
            }
            Path obstacle = Files.createDirectory(directory.resolve(".framegate/counter.tmp"));
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(counter::next)
                    .withMessageStartingWith("image counter: " + directory.resolve(".framegate/counter"))
                    .withMessageEndingWith(" (expected: space and permission to replace it)");
            Files.delete(obstacle);
            assertThat(counter.next()).isEqualTo(ImageCounter.BLOCK + 1);
        }
    }

    @Test
    void closeThatCannotWriteReleasesTheDirectory() throws IOException {
        ImageCounter counter = new ImageCounter(directory, Durability.NONE);
        assertThat(counter.next()).isEqualTo(1);
        Path obstacle = Files.createDirectory(directory.resolve(".framegate/counter.tmp"));
        counter.close();
        counter.close();
        Files.delete(obstacle);
        try (ImageCounter next = new ImageCounter(directory, Durability.NONE)) {
            assertThat(next.next()).isEqualTo(ImageCounter.BLOCK + 1);
        }
    }

    @Test
    void closedCounterGivesNoNumber() {
        ImageCounter counter = new ImageCounter(directory, Durability.NONE);
        counter.close();
        assertThatIllegalStateException()
                .isThrownBy(counter::next)
                .withMessage("image counter: closed (expected: open)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void directoryThatIsRenamedAwayIsMadeAgainAndLockedAndNumbersContinue(boolean made, @TempDir Path elsewhere)
            throws Exception {
        Path images = directory.resolve("images");
        try (ImageCounter counter = new ImageCounter(images, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(1);
            Files.move(images, elsewhere.resolve("moved"));
            if (made) {
                Files.createDirectory(images);
            }
            long next = counter.next();
            assertThat(next).isEqualTo(2);
            assertThatIllegalStateException().isThrownBy(() -> new ImageCounter(images, Durability.NONE));
            child(images, elsewhere.resolve("report"), 1);
            assertThat(elsewhere.resolve("report")).content().contains("is in use");
        }
        try (ImageCounter counter = new ImageCounter(images, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(3);
        }
    }

    @Test
    void directoryThatIsReplacedByAFileIsReportedAndMadeAgain() throws IOException {
        Path images = directory.resolve("images");
        try (ImageCounter counter = new ImageCounter(images, Durability.NONE)) {
            assertThat(counter.next()).isEqualTo(1);
            Files.move(images, directory.resolve("moved"));
            Files.writeString(images, "in the way");
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(counter::next);
            assertThatExceptionOfType(IOException.class).isThrownBy(counter::ensure);
            Files.delete(images);
            assertThat(counter.next()).isEqualTo(2);
        }
    }

    private void image(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    private void counterFile(String content) throws IOException {
        Files.createDirectories(directory.resolve(".framegate"));
        Files.writeString(directory.resolve(".framegate/counter"), content);
    }

    private static void child(Path images, Path report, int count) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        images.toString(),
                        report.toString(),
                        Integer.toString(count))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(137);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * A gateway that takes numbers, writes them to a file and dies like after kill -9, without shutdown hook or close.
     */
    static final class Killed {

        private Killed() {}

        public static void main(String[] args) throws IOException {
            Path report = Path.of(args[1]);
            try {
                ImageCounter counter = new ImageCounter(Path.of(args[0]), Durability.NONE);
                List<String> numbers = new ArrayList<>();
                for (long left = Long.parseLong(args[2], 10); left > 0; left--) {
                    numbers.add(Long.toString(counter.next()));
                }
                Files.write(report, numbers);
            } catch (IllegalStateException e) {
                Files.writeString(report, String.valueOf(e.getMessage()));
            }
            Runtime.getRuntime().halt(137);
        }
    }
}
