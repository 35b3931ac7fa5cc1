package io.framegate.settings;

import java.util.Objects;

/** The build that runs, as the command line, metrics, traces and the wall name it. */
public final class Build {

    private Build() {}

    /** The version from the jar's manifest; {@code development} outside of a jar. */
    public static String version() {
        return Objects.requireNonNullElse(Build.class.getPackage().getImplementationVersion(), "development");
    }

    /** The version of Java, {@code 17.0.16}. */
    public static String java() {
        return System.getProperty("java.version", "");
    }
}
