package io.framegate.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How Jazzer calls a target. */
public final class FuzzEntry {

    private static @Nullable FuzzTarget target;

    private FuzzEntry() {}

    /** Chooses the target of this process. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTarget.named(arguments[0]);
    }

    /** Reads one input; anything thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] input) {
        Objects.requireNonNull(target, "no target").read(input);
    }
}
