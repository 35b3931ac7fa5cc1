package io.framegate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddedFormatsTest {

    /** A format of a jar; that of the gateway serves. */
    record Added(String name, @Nullable String detectedBefore) implements WireFormatProvider {
        @Override
        public WireFormat create(int maxFrameLength) {
            return KnownFormat.of("jpeg").format().create(PacketLimits.DEFAULT, null);
        }
    }

    /** Named by a service file. */
    public static final class Broken implements WireFormatProvider {
        public Broken() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public WireFormat create(int maxFrameLength) {
            throw new AssertionError();
        }
    }

    private static List<KnownFormat> with(WireFormatProvider... added) {
        return AddedFormats.insert(KnownFormat.all(), List.of(added));
    }

    private static List<String> names(List<KnownFormat> formats) {
        return formats.stream().map(KnownFormat::name).toList();
    }

    @Test
    void formatHasThePlaceThatItSays() {
        List<KnownFormat> all = with(new Added("one", "le32"), new Added("two", "le32"), new Added("last", "xml"));
        assertThat(names(all)).containsSubsequence("json", "one", "two", "le32", "mjpeg", "last", "xml");
        assertThat(all).filteredOn(format -> format.name().equals("one")).allMatch(format -> format.detector() != null);
    }

    @Test
    void formatWithoutAPlaceIsOnlyPinned() {
        List<KnownFormat> all = with(new Added("pinned", null));
        assertThat(all)
                .filteredOn(format -> format.name().equals("pinned"))
                .hasSize(1)
                .allMatch(format -> format.detector() == null);
        assertThat(names(all)).endsWith("xml");
    }

    @Test
    void nameOfAnotherFormatIsRefused() {
        assertThatThrownBy(() -> with(new Added("xml", "le32")))
                .hasMessageContaining("AddedFormatsTest$Added in file:")
                .hasMessageEndingWith("test-classes/: xml (expected: a name that no other format has)");
        assertThatThrownBy(() -> with(new Added("mine", "le32"), new Added("mine", "xml")))
                .hasMessageContaining("mine");
        assertThatThrownBy(() -> with(new Added("auto", "le32"))).hasMessageContaining("auto");
    }

    @Test
    void nameThatNoPropertyCouldHaveIsRefused() {
        for (String name : List.of("", "My Format", "1st", "a".repeat(33))) {
            assertThatThrownBy(() -> with(new Added(name, "le32"))).hasMessageContaining("small letters");
        }
    }

    @Test
    void placeThatIsNoDetectedFormatIsRefused() {
        for (String place : List.of("be32", "no-such", "mine")) {
            assertThatThrownBy(() -> with(new Added("mine", place)))
                    .hasMessageContaining(place + " (expected: the name of a format of the gateway");
        }
    }

    @Test
    void classThatCannotBeMadeIsNamedWithItsReason(@TempDir Path jar) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(WireFormatProvider.class.getName()), Broken.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader with = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(with);
            assertThatThrownBy(AddedFormats::load)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(Broken.class.getName(), "no licence");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
