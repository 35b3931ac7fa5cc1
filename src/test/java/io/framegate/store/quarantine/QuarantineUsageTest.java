package io.framegate.store.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineUsageTest {

    @TempDir
    private Path directory = Path.of(".");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void whatComesAndGoesIsSeenByWhoeverAsks() throws IOException {
        Path quarantine = Files.createDirectories(directory.resolve("quarantine"));
        Files.writeString(quarantine.resolve("a.bin"), "12345");
        QuarantineUsage usage = new QuarantineUsage(quarantine, 1000);
        usage.bindTo(registry);
        await().until(() -> value("framegate.quarantine.files") == 1 && value("framegate.quarantine") == 5);
        Files.writeString(quarantine.resolve("a.json"), "{}");
        await().until(() -> value("framegate.quarantine.files") == 2 && value("framegate.quarantine") == 7);
        Files.delete(quarantine.resolve("a.bin"));
        await().until(() -> value("framegate.quarantine.files") == 1 && value("framegate.quarantine") == 2);
        assertThat(value("framegate.quarantine.limit")).isEqualTo(1000);
    }

    @Test
    void directoryThatIsNotThereIsEmpty() {
        QuarantineUsage usage = new QuarantineUsage(directory.resolve("none"), 1000);
        usage.bindTo(registry);
        await().until(() -> value("framegate.quarantine.files") == 0);
    }
}
