package io.framegate.store.durable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.apache.camel.support.LRUCacheFactory;

/**
 * Forces directories in which files get their names. Before the first force of a directory it forces the names of that
 * directory and its parents up to a root. It remembers the last {@value #KNOWN} directories.
 * Thread-safe.
 */
final class ForcedDirectories {

    private static final int KNOWN = 1024;

    private final Map<Path, SharedForce> forces = LRUCacheFactory.newLRUCache(KNOWN);
    private final Set<Path> named = Collections.newSetFromMap(LRUCacheFactory.newLRUCache(KNOWN));

    /** Returns when the names in this directory are on disk, and the names of all directories from the root to it. */
    void force(Path root, Path directory) throws IOException {
        names(root, directory);
        forces.computeIfAbsent(directory, of -> new SharedForce(() -> Force.directory(of)))
                .force();
    }

    private void names(Path root, Path directory) throws IOException {
        Path parent = directory.getParent();
        if (directory.equals(root) || parent == null || named.contains(directory)) {
            return;
        }
        // Two threads may both force the parent. Neither may continue before that is done.
        force(root, parent);
        named.add(directory);
    }

    /** Forgets this directory and its parents below the root, because they may be new. */
    void made(Path root, Path directory) {
        for (Path made = directory; made != null && !made.equals(root); made = made.getParent()) {
            named.remove(made);
        }
    }
}
