package io.framegate.faults;

import io.framegate.it.support.Flood;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two minutes of images for a route that takes 200 ms for each, in 64 MB. */
@Tag("faults")
class SlowRouteIT {

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "asynchronous: {0}")
    @ValueSource(booleans = {true, false})
    void floodCostsNeitherMemoryNorImages(boolean asynchronous) {
        Flood.run(directory, Duration.ofMinutes(2), asynchronous);
    }
}
