package io.framegate.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reserves paths that no file has: adds {@code _2}, {@code _3}, ... to a path that is in use. A path stays reserved
 * until it is released, so two exchanges never get the same path. Thread-safe.
 */
final class FreeNames {

    private final Path directory;
    private final Set<String> reserved = ConcurrentHashMap.newKeySet();

    FreeNames(Path directory) {
        this.directory = directory;
    }

    /** Reserves this path relative to the directory, or the next free path. */
    String reserve(String wanted) {
        String path = wanted;
        for (int copy = 2; ; copy++) {
            if (reserved.add(path)) {
                if (!Files.exists(directory.resolve(path))) {
                    return path;
                }
                reserved.remove(path);
            }
            path = numbered(wanted, copy);
        }
    }

    void release(String path) {
        reserved.remove(path);
    }

    private static String numbered(String path, int copy) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/')
                ? path.substring(0, dot) + "_" + copy + path.substring(dot)
                : path + "_" + copy;
    }
}
