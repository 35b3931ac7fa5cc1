package io.framegate.it;

import io.framegate.it.support.Flood;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slow route slows its cameras down instead of filling the memory. {@code SlowRouteIT} takes longer over it. */
class BackPressureIT {

    @TempDir
    private Path directory;

    @Test
    void slowRouteCostsNeitherMemoryNorImages() {
        Flood.run(directory, Duration.ofSeconds(12), true);
    }
}
