package io.framegate.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ClaimLogTest {

    @TempDir
    private Path directory = Path.of(".");

    private static Claim claim(int number) {
        return new Claim("image_" + number + ".jpg", Map.of("FramegateCameraName", "camera", "FramegateWidth", 640));
    }

    private static void append(ClaimLog log, int from, int to) throws IOException {
        for (int number = from; number < to; number++) {
            log.settle(log.append(claim(number)));
        }
    }

    /** Paths of all claims that wait, without marking them. */
    private static List<String> waiting(ClaimLog log) throws Exception {
        List<String> paths = new ArrayList<>();
        long last = log.append(new Claim("end", Map.of()));
        log.settle(last);
        for (ClaimLog.Entry entry = next(log, 0); entry.number() < last; entry = next(log, entry.number() + 1)) {
            paths.add(entry.claim().path());
        }
        log.done(last);
        return paths;
    }

    private static ClaimLog.Entry next(ClaimLog log, long from) throws Exception {
        return Objects.requireNonNull(log.await(from));
    }

    @Test
    void largeClaimsFillAFileByTheirBytes() throws Exception {
        Map<String, Object> headers = Map.of("FramegateAttributes", Map.of("text", "x".repeat(50_000)));
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            for (int number = 0; number < 40; number++) {
                log.settle(log.append(new Claim("image_" + number + ".jpg", headers)));
            }
            for (Path file : files()) {
                assertThat(Files.size(file)).isLessThan(600_000);
            }
            assertThat(waiting(log)).hasSize(40);
        }
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(waiting(log)).hasSize(40);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void claimsComeInTheirOrderWithAllThatIsKnown() throws Exception {
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            append(log, 0, 3);
            assertThat(next(log, 0).claim()).isEqualTo(claim(0));
            assertThat(next(log, 1).claim()).isEqualTo(claim(1));
            assertThat(log.waiting()).isEqualTo(3);
        }
    }

    @Test
    void whatIsNotDoneIsThereAfterARestartAndWhatIsDoneIsNot() throws Exception {
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            append(log, 0, 1000);
            for (long done = 0; done < 1000; done += 2) {
                log.done(done);
            }
        }
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            append(log, 1000, 1001);
            String[] expected = Stream.iterate(1, number -> number <= 999, number -> number + 2)
                    .map(number -> "image_" + number + ".jpg")
                    .toArray(String[]::new);
            assertThat(waiting(log)).hasSize(501).startsWith(expected).endsWith("image_1000.jpg");
        }
    }

    @Test
    void whatWaitsIsKnownBeforeItIsRead() throws Exception {
        for (int run = 0; run < 3; run++) {
            ClaimLog killed = new ClaimLog(directory, Durability.NONE);
            append(killed, 0, 100);
            if (run == 1) {
                killed.done(107);
            }
        }
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(log.waiting()).isEqualTo(299);
        }
    }

    @Test
    void backlogIsNotHeldInMemory() throws Exception {
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            append(log, 0, 20 * Segment.SIZE);
            assertThat(log.held()).isEqualTo(1);
            assertThat(waiting(log)).hasSize(20 * Segment.SIZE);
            assertThat(log.held()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void killedRunLeavesItsClaims() throws Exception {
        ClaimLog killed = new ClaimLog(directory, Durability.NONE);
        append(killed, 0, 5);
        killed.done(2);
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(waiting(log)).containsExactly("image_0.jpg", "image_1.jpg", "image_3.jpg", "image_4.jpg");
        }
    }

    @Test
    void lineThatACrashCutOffIsNoClaim() throws Exception {
        ClaimLog killed = new ClaimLog(directory, Durability.NONE);
        append(killed, 0, 2);
        Files.writeString(files().get(0), "{'path':'image_2.j", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            append(log, 3, 4);
            assertThat(waiting(log)).containsExactly("image_0.jpg", "image_1.jpg", "image_3.jpg");
        }
    }

    @Test
    void lineThatCannotBeReadTakesNoOtherWithIt() throws Exception {
        ClaimLog killed = new ClaimLog(directory, Durability.NONE);
        append(killed, 0, 3);
        Path file = files().get(0);
        Files.writeString(file, Files.readString(file).replace("image_1.jpg", "#".repeat(3) + '"'));
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(waiting(log)).containsExactly("image_0.jpg", "", "image_2.jpg");
        }
    }

    /** Of a name like that of a camera in the kitchen, a power cut may leave half a letter. */
    @Test
    void byteThatIsNoTextTakesNoOtherClaimWithIt() throws Exception {
        ClaimLog killed = new ClaimLog(directory, Durability.NONE);
        append(killed, 0, 3);
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] = (byte) 0xff;
        Files.write(file, bytes);
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(waiting(log)).contains("image_0.jpg", "image_2.jpg");
        }
    }

    @Test
    void filesGoWhenAllTheirClaimsAreDone() throws Exception {
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            append(log, 0, 3 * Segment.SIZE);
            assertThat(files()).hasSize(3);
            for (long done = 0; done < 2 * Segment.SIZE; done++) {
                log.done(done);
            }
            assertThat(files()).hasSize(1);
            assertThat(log.waiting()).isEqualTo(Segment.SIZE);
        }
    }

    @Test
    void orderlyStopWithNothingLeftLeavesNoFile() throws Exception {
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            append(log, 0, 1);
            log.done(0);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void marksThatACrashLeftBehindAreNotThoseOfNewClaims() throws Exception {
        Files.writeString(directory.resolve("0000000000000000000.done"), "000\n001\n");
        ClaimLog killed = new ClaimLog(directory, Durability.NONE);
        append(killed, 0, 2);
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(waiting(log)).containsExactly("image_0.jpg", "image_1.jpg");
        }
    }

    @Test
    void markThatWasCutOffMarksNothingAndSpoilsNoOther() throws Exception {
        ClaimLog killed = new ClaimLog(directory, Durability.NONE);
        append(killed, 0, 30);
        killed.done(12);
        Files.writeString(
                directory.resolve("0000000000000000000.done"),
                "01",
                StandardCharsets.US_ASCII,
                StandardOpenOption.APPEND);
        ClaimLog next = new ClaimLog(directory, Durability.NONE);
        next.done(7);
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(waiting(log))
                    .hasSize(28)
                    .doesNotContain("image_12.jpg", "image_7.jpg")
                    .contains("image_0.jpg", "image_1.jpg");
        }
    }

    @Test
    void marksOfClaimsThatAPowerCutTookDoNotTakeOthersWithThem() throws Exception {
        ClaimLog killed = new ClaimLog(directory, Durability.NONE);
        append(killed, 0, 4);
        killed.done(2);
        killed.done(3);
        Path claims = files().get(0);
        Files.writeString(
                claims, Files.readString(claims).lines().limit(2).collect(Collectors.joining("\n", "", "\n")));
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(waiting(log)).containsExactly("image_0.jpg", "image_1.jpg");
        }
    }

    @Test
    void claimWaitsUntilItIsSettled() throws Exception {
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            long number = log.append(claim(0));
            CompletableFuture<ClaimLog.Entry> reader = CompletableFuture.supplyAsync(() -> {
                try {
                    return next(log, 0);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(reader).isNotDone();
            log.settle(number);
            assertThat(reader.get(5, TimeUnit.SECONDS).number()).isEqualTo(number);
        }
    }

    @Test
    void wokenReaderGoesWithoutAClaim() throws Exception {
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            log.wake();
            assertThat(log.await(0)).isNull();
        }
    }

    private static List<String> undelivered(ClaimLog log) throws IOException {
        List<String> paths = new ArrayList<>();
        log.undelivered(paths::add);
        return paths;
    }

    @Test
    void undeliveredAreAllClaimsNotDoneAlsoAfterARestart() throws Exception {
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            append(log, 0, Segment.SIZE + 2);
            for (long done = 1; done <= Segment.SIZE; done++) {
                log.done(done);
            }
            log.append(claim(1000));
            assertThat(undelivered(log))
                    .containsExactly("image_0.jpg", "image_" + (Segment.SIZE + 1) + ".jpg", "image_1000.jpg");
            assertThat(next(log, 0).claim()).isEqualTo(claim(0));
        }
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(undelivered(log)).hasSize(3);
        }
    }

    @Test
    void logThatIsClosedDoesNotSayThatAllIsDelivered() throws Exception {
        ClaimLog log = new ClaimLog(directory, Durability.NONE);
        append(log, 0, 1);
        log.close();
        assertThatThrownBy(() -> undelivered(log)).isInstanceOf(IOException.class);
    }

    @Test
    void marksThatCannotBeWrittenAreWrittenWithTheNext() throws Exception {
        ClaimLog killed = new ClaimLog(directory, Durability.NONE);
        append(killed, 0, 5);
        Path inTheWay = Files.createDirectory(directory.resolve("0000000000000000000.done"));
        killed.done(1);
        killed.done(2);
        assertThat(undelivered(killed)).containsExactly("image_0.jpg", "image_3.jpg", "image_4.jpg");
        Files.delete(inTheWay);
        killed.done(3);
        try (ClaimLog log = new ClaimLog(directory, Durability.NONE)) {
            assertThat(undelivered(log)).containsExactly("image_0.jpg", "image_4.jpg");
        }
    }
}
