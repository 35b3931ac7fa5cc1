package io.framegate.tool.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceKindTest {

    @ParameterizedTest
    @CsvSource({
        "webcam:0, WEBCAM",
        "/dev/video12, WEBCAM",
        "lavfi:testsrc=size=64x48, FILTER",
        "rtsp://user:secret@192.0.2.7/live, URL",
        "http://192.0.2.7/mjpeg?a=b, URL",
        "gate.mp4, VIDEO",
        "/dev/videos/gate.mp4, VIDEO",
        "gate.JPEG, IMAGES",
        "., IMAGES"
    })
    void nameSaysWhatItIs(String name, SourceKind kind) {
        assertThat(SourceKind.of(name)).isEqualTo(kind);
    }

    @Test
    void folderWithoutImagesIsRefused(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "none");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SourceKind.open(directory.toString(), FrameSize.ORIGINAL, 90))
                .withMessageContaining("no image in")
                .withMessageContaining("(expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "480", "480x", "0x315", "480x-1", "480X315", "4800000x1"})
    void sizeThatCannotBeMeantIsRefused(String size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrameSize.of(size))
                .withMessageContaining("expected: as 480x315");
    }
}
