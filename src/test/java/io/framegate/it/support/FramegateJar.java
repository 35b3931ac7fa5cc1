package io.framegate.it.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of what the build has made, as users start it. */
public final class FramegateJar {

    /** Where the build has put it. */
    public static final Path PATH =
            Path.of(System.getProperty("framegate.jar", "target/framegate.jar")).toAbsolutePath();

    /** Whether processes live for seconds; those of profiles that measure live longer. */
    private static final boolean BRIEF = Boolean.getBoolean("framegate.processes.brief");

    private FramegateJar() {}

    /** A new list, to which more arguments may be added. */
    public static List<String> command(List<String> jvmOptions, String... arguments) {
        return command(PATH, jvmOptions, arguments);
    }

    /** The same with a copy of the jar. */
    public static List<String> command(Path jar, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (BRIEF) {
            command.addAll(ClassArchive.options(jar));
        }
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
