package io.framegate.settings;

import java.util.Objects;

/** The running build, as the command line, metrics, traces and the wall name it. */
public final class Build {

    private Build() {}

    /** Returns the version from the jar's manifest, or {@code development} outside a jar. */
    public static String version() {
        return Objects.requireNonNullElse(Build.class.getPackage().getImplementationVersion(), "development");
    }

    /** Returns the version of Java, such as {@code 17.0.16}. */
    public static String java() {
        return System.getProperty("java.version", "");
    }
}
