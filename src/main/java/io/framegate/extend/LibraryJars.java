package io.framegate.extend;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@code lib/*.jar} beside the gateway's jar to the class path of {@code java -jar}, in the order of their names,
 * after the gateway's own classes.
 *
 * <p>The Java launcher calls this class before {@code main}, because the jar's manifest names it as {@code
 * Launcher-Agent-Class}. With a separate class loader, the gateway's libraries would not find the classes that were
 * added for them: JDBC drivers, codecs of Kafka. Without {@code java -jar} no jar is added. Immutable.
 *
 * @param names the names of the jars that were added, in the order of the class path
 * @param problem the reason why a jar could not be added, or null
 */
public record LibraryJars(List<String> names, @Nullable String problem) {

    private static volatile LibraryJars added = new LibraryJars(List.of(), null);

    public LibraryJars {
        names = List.copyOf(names);
    }

    /** Returns the jars that were added to the class path of this process. */
    public static LibraryJars added() {
        return added;
    }

    /** Called by the Java launcher. Keeps a problem for {@link #check}, because there is no log yet. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        try {
            Path jar = Path.of(LibraryJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            added = of(jar.resolveSibling("lib"), instrumentation::appendToSystemClassLoaderSearch);
        } catch (URISyntaxException | IllegalArgumentException e) {
            added = new LibraryJars(List.of(), "lib: not found beside the jar, " + e);
        }
    }

    static LibraryJars of(Path directory, Consumer<JarFile> classPath) {
        if (!Files.isDirectory(directory)) {
            return new LibraryJars(List.of(), null);
        }
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
            found.forEach(jars::add);
        } catch (IOException | DirectoryIteratorException e) {
            return new LibraryJars(List.of(), directory + ": cannot be read, " + e);
        }
        Collections.sort(jars);
        List<String> names = new ArrayList<>();
        for (Path jar : jars) {
            try (JarFile readable = new JarFile(jar.toFile())) {
                classPath.accept(readable);
                names.add(Objects.toString(jar.getFileName()));
            } catch (IOException | IllegalArgumentException e) {
                String reason =
                        jar + ": no jar, " + e.getMessage() + " (expected: a whole jar, or nothing of that name)";
                return new LibraryJars(names, reason);
            }
        }
        return new LibraryJars(names, null);
    }

    /** Throws if a jar could not be added: the gateway must not start without a part that an operator relies on. */
    public void check() {
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }
}
