package io.framegate.fuzz;

/** How Jazzer calls a target. */
public final class FuzzEntry {

    private static FuzzTarget target = FuzzTarget.AUTO;

    private FuzzEntry() {}

    /** Chooses the target of this process. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTarget.valueOf(arguments[0]);
    }

    /** Reads one input; anything thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] input) {
        target.read(input);
    }
}
