package io.framegate.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.routes.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class EventRepositoryTest {

    private static final Duration WINDOW = Duration.ofMinutes(10);

    @TempDir
    private Path directory = Path.of(".");

    private final SetClock clock = new SetClock();

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-03-29T07:58:21Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        void advance(Duration time) {
            now = now.plus(time);
        }
    }

    @Test
    void eventsAreRememberedInADirectoryThatIsMadeAgain() throws IOException {
        Path home = Files.createDirectory(directory.resolve("home"));
        try (EventRepository memory = new EventRepository(home, WINDOW, 2, clock)) {
            accept(memory, "a");
            Files.move(home, directory.resolve("moved"));
            accept(memory, "b");
            Files.delete(home.resolve("events.log"));
            accept(memory, "c");
            accept(memory, "d");
        }
        try (EventRepository memory = new EventRepository(home, WINDOW, 2, clock)) {
            assertThat(memory.add("d")).isFalse();
        }
    }

    private EventRepository memory(int maxEntries) {
        return new EventRepository(directory, WINDOW, maxEntries, clock);
    }

    private static void accept(EventRepository memory, String id) {
        assertThat(memory.add(id)).as("%s is new", id).isTrue();
        assertThat(memory.confirm(id)).isTrue();
    }

    @Test
    void eventThatWasAcceptedIsARepetition() {
        EventRepository memory = memory(10);
        accept(memory, "a");
        assertThat(memory.add("a")).isFalse();
        assertThat(memory.add("b")).isTrue();
    }

    @Test
    void eventThatFailedIsNewAgain() {
        EventRepository memory = memory(10);
        assertThat(memory.add("a")).isTrue();
        assertThat(memory.remove("a")).isTrue();
        assertThat(memory.add("a")).isTrue();
    }

    @Test
    void copyOfAnEventUnderWayWaitsAndIsARepetitionIfThatIsAccepted() {
        EventRepository memory = memory(10);
        memory.add("a");
        CompletableFuture<Boolean> copy = waiting(memory, "a");
        memory.confirm("a");
        assertThat(copy.join()).isFalse();
    }

    @Test
    void copyOfAnEventUnderWayIsNewIfThatFails() {
        EventRepository memory = memory(10);
        memory.add("a");
        CompletableFuture<Boolean> copy = waiting(memory, "a");
        memory.remove("a");
        assertThat(copy.join()).isTrue();
        assertThat(memory.contains("a")).isFalse();
    }

    @Test
    void anotherEventDoesNotWait() {
        EventRepository memory = memory(10);
        memory.add("a");
        accept(memory, "b");
    }

    /** Adds a copy on another thread and returns when that thread waits. */
    private static CompletableFuture<Boolean> waiting(EventRepository memory, String id) {
        CompletableFuture<Boolean> copy = new CompletableFuture<>();
        Thread thread = new Thread(() -> copy.complete(memory.add(id)));
        thread.start();
        Awaitility.await("the copy waits")
                .atMost(Duration.ofSeconds(10))
                .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        assertThat(copy).isNotDone();
        return copy;
    }

    @Test
    void windowEnds() {
        EventRepository memory = memory(10);
        accept(memory, "a");
        clock.advance(WINDOW.minusMillis(1));
        assertThat(memory.add("a")).isFalse();
        clock.advance(Duration.ofMillis(1));
        accept(memory, "a");
        assertThat(memory.add("a")).isFalse();
    }

    @Test
    void whatIsOverIsNotHeld() {
        EventRepository memory = memory(1_000);
        IntStream.range(0, 500).forEach(number -> accept(memory, "old-" + number));
        clock.advance(WINDOW);
        accept(memory, "new");
        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void clockThatWasSetBackDoesNotMakeEventsUnforgettable() {
        EventRepository memory = memory(10);
        accept(memory, "a");
        clock.advance(Duration.ofDays(-1));
        accept(memory, "a");
    }

    @Test
    void beyondTheBoundTheOldestAreForgottenAndThatIsSaidOnce() {
        try (CapturedLog log = CapturedLog.of("io.framegate.events")) {
            EventRepository memory = memory(100);
            IntStream.range(0, 1_000).forEach(number -> accept(memory, "event-" + number));
            assertThat(memory.size()).isEqualTo(100);
            assertThat(memory.add("event-899")).isTrue();
            assertThat(memory.add("event-900")).isFalse();
            assertThat(log.lines()).hasSize(1).allMatch(line -> line.contains("max-entries reached"));
        }
    }

    @Test
    void filesAreBounded() throws IOException {
        try (EventRepository memory = memory(100)) {
            IntStream.range(0, 1_050).forEach(number -> accept(memory, "event-" + number));
        }
        assertThat(Files.readAllLines(directory.resolve("events.log"))).hasSize(50);
        assertThat(Files.readAllLines(directory.resolve("events.old.log"))).hasSize(100);
        EventRepository again = memory(100);
        assertThat(again.size()).isEqualTo(100);
        assertThat(again.add("event-950")).isFalse();
        assertThat(again.add("event-1049")).isFalse();
        assertThat(again.add("event-949")).isTrue();
    }

    @Test
    void whatWasAcceptedIsKnownAfterARestartAndWhatWasUnderWayIsNot() {
        EventRepository killed = memory(10);
        accept(killed, "a");
        killed.add("b");
        EventRepository next = memory(10);
        assertThat(next.add("a")).isFalse();
        assertThat(next.add("b")).isTrue();
        clock.advance(WINDOW);
        assertThat(memory(10).add("a")).isTrue();
    }

    @Test
    void lineThatWasCutOffIsPassedOver() throws IOException {
        accept(memory(10), "a");
        Path file = directory.resolve("events.log");
        Files.writeString(file, clock.millis() + " 02_00_5E", StandardOpenOption.APPEND);
        EventRepository next = memory(10);
        assertThat(next.size()).isEqualTo(1);
        accept(next, "b");
        EventRepository last = memory(10);
        assertThat(last.add("a")).isFalse();
        assertThat(last.add("b")).isFalse();
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void fileOfRubbishIsNoObstacle() throws IOException {
        Files.write(
                directory.resolve("events.log"), new byte[] {(byte) 0xFF, '\n', ' ', '\n', '1', ' ', '\n', 'x', '\n'});
        EventRepository memory = memory(10);
        assertThat(memory.size()).isZero();
        accept(memory, "a");
        assertThat(memory(10).add("a")).isFalse();
    }

    @Test
    void fileThatCannotBeWrittenCostsNoEventAndIsSaidOnce() throws IOException {
        Path blocked = Files.writeString(directory.resolve("blocked"), "in the way");
        try (CapturedLog log = CapturedLog.of("io.framegate.events")) {
            EventRepository memory = new EventRepository(blocked, WINDOW, 10, clock);
            accept(memory, "a");
            accept(memory, "b");
            assertThat(memory.add("a")).isFalse();
            assertThat(log.lines()).hasSize(1).allMatch(line -> line.contains("in memory only"));
            Files.delete(blocked);
            accept(memory, "c");
        }
        EventRepository next = new EventRepository(blocked, WINDOW, 10, clock);
        assertThat(next.add("c")).isFalse();
    }
}
