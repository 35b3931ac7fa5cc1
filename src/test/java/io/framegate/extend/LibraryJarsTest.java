package io.framegate.extend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryJarsTest {

    @TempDir
    private Path lib = Path.of(".");

    private final List<String> path = new ArrayList<>();

    private LibraryJars added() {
        return LibraryJars.of(lib, jar -> path.add(Path.of(jar.getName()).getFileName() + ""));
    }

    private void jar(String name) throws IOException {
        new JarOutputStream(Files.newOutputStream(lib.resolve(name)), new java.util.jar.Manifest()).close();
    }

    @Test
    void jarsAreAddedInTheOrderOfTheirNames() throws IOException {
        jar("b.jar");
        jar("a.jar");
        Files.writeString(lib.resolve("readme.txt"), "no jar");
        assertThat(added().names()).containsExactly("a.jar", "b.jar").isEqualTo(path);
    }

    @Test
    void fileThatIsNoJarIsNamed() throws IOException {
        jar("a.jar");
        Path broken = Files.writeString(lib.resolve("broken.jar"), "half of a");
        assertThatThrownBy(() -> added().check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(broken + ": no jar, ");
    }

    @Test
    void directoryThatIsNamedLikeAJarIsNamed() throws IOException {
        Files.createDirectory(lib.resolve("classes.jar"));
        assertThatThrownBy(() -> added().check()).hasMessageContaining("classes.jar: no jar");
    }

    @Test
    void nothingIsAddedWhereThereIsNoDirectory() {
        LibraryJars none = LibraryJars.of(lib.resolve("none"), jar -> path.add(jar.getName()));
        assertThatCode(none::check).doesNotThrowAnyException();
        assertThat(none.names()).isEmpty();
    }
}
