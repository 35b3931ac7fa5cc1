package io.framegate.it.embed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A project in {@code src/it}, with the class path that Maven has found for it. */
enum Host {
    /** Spring Boot, with routes of kamelets in YAML. */
    BOOT("example.Application"),
    /** Camel Main with a route in Java, logging by the JDK. */
    JAVA(
            "example.Images",
            "-Djava.util.logging.config.file="
                    + Path.of("target/it/java/target/classes/logging.properties")
                            .toAbsolutePath()),
    /** Camel's own main class with routes in YAML: no line of Java. */
    MAIN("org.apache.camel.main.Main");

    private final String mainClass;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> options;

    Host(String mainClass, String... options) {
        this.mainClass = mainClass;
        this.options = List.of(options);
    }

    List<Path> classPath() {
        Path target =
                Path.of("target/it", name().toLowerCase(Locale.ROOT), "target").toAbsolutePath();
        try {
            Stream<String> libraries =
                    Stream.of(Files.readString(target.resolve("classpath")).split(File.pathSeparator, -1));
            return Stream.concat(Stream.of(target.resolve("classes")), libraries.map(Path::of))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line of the application, in which further options of the Java machine are in force. */
    List<String> command(List<String> further) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(further);
        command.add("-cp");
        command.add(String.join(
                File.pathSeparator, classPath().stream().map(Path::toString).toList()));
        command.add(mainClass);
        return command;
    }
}
