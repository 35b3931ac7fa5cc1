package io.framegate.tool.simulate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a camera does to a packet besides sending it. */
enum Fault {
    /** In random small pieces. */
    SPLIT,
    /** Several packets in one write. */
    PIPELINED,
    /** Made unreadable. */
    CORRUPT,
    /** Over a second or two. */
    SLOW,
    /** The connection ends in the middle. */
    DISCONNECT;

    /** Reads {@code split,slow} or {@code all}; nothing is none. */
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
