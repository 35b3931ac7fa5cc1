package io.framegate.store.disk;

import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A set of paths in 2 MB, however many: it may take a path for one of its own that is not, and never the other way round. Each takes
 * others for its own, so it is no use to ask the same one twice. Not thread-safe.
 */
final class PathFilter {

    private static final int BITS = 1 << 24;

    private static final long FNV_PRIME = 0x100000001B3L;

    private final BitSet bits = new BitSet();
    private final long seed = ThreadLocalRandom.current().nextLong();
    private boolean empty = true;

    void add(String path) {
        bits.set(place(path));
        empty = false;
    }

    boolean mayContain(String path) {
        return !empty && bits.get(place(path));
    }

    private int place(String path) {
        long hash = seed;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * FNV_PRIME;
        }
        hash ^= hash >>> 32;
        return (int) (hash & (BITS - 1));
    }
}
