package io.framegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.store.durable.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageWatchTest {

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void saysWhatIsWrongUntilItIsOver() throws IOException {
        Path images = directory.resolve("images");
        try (ImageCounter counter = new ImageCounter(images, Durability.NONE);
                StorageWatch watch = new StorageWatch()) {
            watch.add(images, counter::ensure);
            watch.check();
            assertThat(watch.problem()).isNull();
            Files.move(images, directory.resolve("moved"));
            Files.writeString(images, "in the way");
            watch.check();
            assertThat(watch.problem()).contains(images.toString());
            Files.delete(images);
            watch.check();
            assertThat(watch.problem()).isNull();
            assertThat(images.resolve(".framegate/lock")).exists();
        }
    }

    @Test
    void imageThatCouldNotBeStoredIsAProblem() {
        try (StorageWatch watch = new StorageWatch()) {
            watch.failed(new IOException("Input/output error"));
            watch.check();
            assertThat(watch.problem()).contains("Input/output error");
        }
    }
}
