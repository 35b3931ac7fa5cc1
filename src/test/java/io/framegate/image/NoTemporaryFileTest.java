package io.framegate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Pictures are transformed in memory. Runs alone, because all tests of the process share the directory of ImageIO. */
@Isolated
class NoTemporaryFileTest {

    @Test
    void noTemporaryFileIsNeeded(@TempDir Path directory) throws IOException {
        ImageTransform transform = new ImageTransform();
        File before = ImageIO.getCacheDirectory();
        Path gone = Files.createDirectory(directory.resolve("gone"));
        ImageIO.setCacheDirectory(gone.toFile());
        try {
            Files.delete(gone); // From now on ImageIO cannot create a cache file.
            for (byte[] picture : Pictures.all().values()) {
                assertThat(transform.thumbnail(picture, 20)).isNotEmpty();
                assertThat(transform.convert(picture, "gif")).isNotEmpty();
            }
        } finally {
            ImageIO.setCacheDirectory(before);
        }
    }
}
