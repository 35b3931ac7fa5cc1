package io.framegate.tool.simulate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults with which a camera sends some of its packets. */
enum Fault {
    /** The packet leaves in small pieces of random length. */
    SPLIT,
    /** One write has several packets. */
    PIPELINED,
    /** The packet is made unreadable. */
    CORRUPT,
    /** The packet takes one to two seconds. */
    SLOW,
    /** The camera closes the connection in the middle of the packet. */
    DISCONNECT;

    /** Reads {@code split,slow} or {@code all}. An empty text has no faults. */
    static Set<Fault> parse(String names) {
        EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
        for (String name : names.isBlank() ? new String[0] : names.split(",", -1)) {
            if (name.strip().equals("all")) {
                faults.addAll(EnumSet.allOf(Fault.class));
            } else {
                faults.add(named(name.strip()));
            }
        }
        return faults;
    }

    private static Fault named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.tag().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--faults: " + name + " (expected: "
                        + Arrays.stream(values()).map(Fault::tag).collect(Collectors.joining(", ")) + " or all)"));
    }

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
