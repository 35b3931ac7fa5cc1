package io.framegate.store.quarantine;

import static io.framegate.it.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class QuarantineSpaceTest {

    /** What a small file occupies. */
    private static final long SMALL = 4096 + 512;

    @TempDir
    private Path directory = Path.of(".");

    /** A count is repeated after twenty times its duration, which is long on a machine that is busy. */
    private static final Duration COUNTED = Duration.ofMinutes(2);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private void keep(String name, int length, int age) throws IOException {
        Path file = Files.write(directory.resolve(name), new byte[length]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000 - age));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    /** A space that has counted the files of an earlier run. */
    private QuarantineSpace counted(long maxBytes, long maxFiles) throws IOException {
        QuarantineSpace space = new QuarantineSpace(directory, maxBytes, maxFiles);
        new QuarantineMeters(space).bindTo(registry);
        int files = names().size();
        eventually("counted", COUNTED).until(() -> value("framegate.quarantine.files") == files);
        return space;
    }

    @Test
    void theOldestFilesMakeRoomForWhatOccupiesMore() throws IOException {
        keep("old", 40, 3000);
        keep("middle", 40, 2000);
        keep("new", 15, 1000);
        QuarantineSpace space = counted(4 * SMALL, 100);
        assertThat(space.reserve(List.of(20, 20), false)).isTrue();
        assertThat(names()).containsExactly("new");
    }

    @Test
    void theOldestFilesMakeRoomForMoreFiles() throws IOException {
        for (int number = 0; number < 20; number++) {
            keep("file" + (char) ('a' + number), 1, 1000 - number);
        }
        QuarantineSpace space = counted(1 << 30, 20);
        assertThat(space.reserve(List.of(1, 1), false)).isTrue();
        assertThat(names()).hasSize(16).doesNotContain("filea", "fileb").contains("filet");
    }

    @Test
    void moreFilesThanOneScanRemembersAreDeleted() throws IOException {
        for (int number = 0; number < 2 * QuarantineScan.MOST + 100; number++) {
            Files.createFile(directory.resolve("file" + number));
        }
        QuarantineSpace space = counted(1 << 30, 1 << 20);
        assertThat(space.makeRoom(512L * (2 * QuarantineScan.MOST + 50))).isTrue();
        assertThat(names()).hasSize(50);
    }

    @Test
    void whatIsLargerThanAllOfItIsNotKept() throws IOException {
        keep("old", 40, 3000);
        QuarantineSpace space = counted(2 * SMALL, 100);
        assertThat(space.reserve(List.of(8193), false)).isFalse();
        assertThat(directory.resolve("old")).exists();
    }

    @Test
    void noFilesAreKeptIfNoneAreAllowed() throws IOException {
        QuarantineSpace space = counted(1 << 30, 0);
        assertThat(space.reserve(List.of(1), false)).isFalse();
        assertThat(space.reserve(List.of(1), true)).isFalse();
    }

    @Test
    void aDirectoryThatIsNotThereYetIsEmpty() {
        QuarantineSpace space = new QuarantineSpace(directory.resolve("none"), 10 * SMALL, 100);
        assertThat(space.reserve(List.of(100), false)).isTrue();
        assertThat(space.makeRoom(1)).isFalse();
    }

    @Test
    void aFullDirectoryThatIsGoneIsEmpty(@TempDir Path elsewhere) throws IOException {
        keep("old", 1, 2);
        keep("new", 1, 1);
        QuarantineSpace space = counted(2 * SMALL, 2);
        Files.move(directory, elsewhere.resolve("moved"));
        assertThat(space.reserve(List.of(1, 1), false)).isTrue();
        eventually("counted", COUNTED)
                .until(() -> value("framegate.quarantine.files") == 0 && value("framegate.quarantine") == 0);
    }

    @Test
    void fewerFilesAreKeptAfterTheInodesWereUsedUp() throws IOException {
        for (int number = 0; number < 100; number++) {
            keep("file" + number, 1, 1000 - number);
        }
        QuarantineSpace space = counted(1 << 30, 1000);
        assertThat(space.makeRoomForFiles()).isTrue();
        assertThat(names()).hasSize(81);
        for (int number = 0; number < 5; number++) {
            assertThat(space.reserve(List.of(1, 1), false)).isTrue();
        }
        assertThat(names()).hasSizeLessThan(81);
    }

    @Test
    void filesThatComeAndGoAreCounted() throws IOException {
        keep("a.bin", 5, 1);
        counted(1000, 10);
        assertThat(value("framegate.quarantine")).isEqualTo(SMALL);
        Files.writeString(directory.resolve("a.json"), "{}");
        eventually("counted", COUNTED)
                .until(() -> value("framegate.quarantine.files") == 2 && value("framegate.quarantine") == 2 * SMALL);
        Files.delete(directory.resolve("a.bin"));
        eventually("counted", COUNTED)
                .until(() -> value("framegate.quarantine.files") == 1 && value("framegate.quarantine") == SMALL);
        assertThat(value("framegate.quarantine.limit")).isEqualTo(1000);
        assertThat(value("framegate.quarantine.limit.files")).isEqualTo(10);
    }
}
