package io.framegate.store.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineSpaceTest {

    @TempDir
    private Path directory = Path.of(".");

    private void keep(String name, int length, int age) throws IOException {
        Path file = Files.write(directory.resolve(name), new byte[length]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000 - age));
    }

    @Test
    void theOldestFilesMakeRoom() throws IOException {
        keep("old", 40, 3000);
        keep("middle", 40, 2000);
        keep("new", 15, 1000);
        QuarantineSpace space = new QuarantineSpace(directory, 100);
        assertThat(space.reserve(20)).isTrue();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("middle", "new");
        }
    }

    @Test
    void whatIsLargerThanAllOfItIsNotKept() throws IOException {
        keep("old", 40, 3000);
        QuarantineSpace space = new QuarantineSpace(directory, 100);
        assertThat(space.reserve(101)).isFalse();
        assertThat(directory.resolve("old")).exists();
    }

    @Test
    void aDirectoryThatIsNotThereYetIsEmpty() {
        assertThat(new QuarantineSpace(directory.resolve("none"), 100).reserve(100))
                .isTrue();
    }
}
