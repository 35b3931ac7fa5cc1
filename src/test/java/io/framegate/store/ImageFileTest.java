package io.framegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {

    @TempDir
    private Path directory = Path.of(".");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 1_000_000})
    void aFileHoldsTheWholeImage(int length) throws IOException {
        byte[] image = new byte[length];
        new Random(length).nextBytes(image);
        Path file = new ImageFile(directory).write("a.jpg", "1", image);
        assertThat(file).hasBinaryContent(image);
        assertThat(file.getFileName().toString()).startsWith(".framegate-").endsWith(".part");
    }

    @Test
    void missingDirectoriesAreMadeBesideTheFinalName() throws IOException {
        Path file = new ImageFile(directory).write("2026/03/29/a.jpg", "1", new byte[1]);
        assertThat(file.getParent()).isEqualTo(directory.resolve("2026/03/29"));
    }

    @Test
    void onlyOwnLeftoversOfAnEarlierRunAreSwept() throws IOException {
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
        assertThat(new ImageFile(directory).sweep(start)).isEqualTo(1);
        assertThat(leftover).doesNotExist();
        assertThat(fresh).exists();
        assertThat(foreign).exists();
        assertThat(image).exists();
    }

    @Test
    void whoeverDeletesEmptyDirectoriesMeanwhileDoesNotDisturb(@TempDir Path images) throws Exception {
        ImageFile files = new ImageFile(images);
        AtomicBoolean written = new AtomicBoolean();
        AtomicInteger deleted = new AtomicInteger();
        CompletableFuture<Void> cleaner = CompletableFuture.runAsync(() -> {
            while (!written.get()) {
                LockSupport.parkNanos(50_000);
                for (String empty : List.of("a/b/c", "a/b", "a")) {
                    deleted.addAndGet(images.resolve(empty).toFile().delete() ? 1 : 0);
                }
            }
        });
        try {
            for (int number = 0; number < 3000; number++) {
                Files.delete(files.write("a/b/c/" + number + ".jpg", number + "", new byte[10]));
            }
        } finally {
            written.set(true);
        }
        cleaner.join();
        assertThat(deleted).hasValueGreaterThan(10);
    }
}
