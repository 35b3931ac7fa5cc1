package io.framegate.store.disk;

import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A Bloom filter for paths: 2 MB for any number of paths, with false positives and no false negatives. Each instance
 * has a different seed, so a path that is a false positive in one filter is hardly ever one in the next. Not
 * thread-safe.
 */
final class PathBloomFilter {

    private static final int BITS = 1 << 24;

    private static final long FNV_PRIME = 0x100000001B3L;

    private final BitSet bits = new BitSet();
    private final long seed = ThreadLocalRandom.current().nextLong();
    private boolean empty = true;

    void add(String path) {
        bits.set(index(path));
        empty = false;
    }

    boolean mayContain(String path) {
        return !empty && bits.get(index(path));
    }

    private int index(String path) {
        long hash = seed;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * FNV_PRIME;
        }
        hash ^= hash >>> 32;
        return (int) (hash & (BITS - 1));
    }
}
