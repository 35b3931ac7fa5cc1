package io.framegate.it;

import io.framegate.it.support.Flood;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A slow route slows its cameras down instead of filling the memory. {@code SlowRouteIT} takes longer over it. */
@Execution(ExecutionMode.CONCURRENT)
class BackPressureIT {

    @TempDir
    private Path directory;

    @Tag("faults")
    @Test
    void slowRouteCostsNeitherMemoryNorImages() {
        Flood.run(directory, Duration.ofSeconds(12), true);
    }
}
