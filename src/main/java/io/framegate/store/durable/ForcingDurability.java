package io.framegate.store.durable;

import java.io.IOException;
import java.nio.file.Path;

/** What both ways to force have in common: directories. */
abstract class ForcingDurability implements Durability {

    private final Directories directories = new Directories();

    @Override
    public final boolean isOn() {
        return true;
    }

    @Override
    public final void makeRoot(Path directory) throws IOException {
        Force.makeDirectories(directory);
    }

    @Override
    public final void made(Path root, Path directory) {
        directories.made(root, directory);
    }

    /** Forces the names in a directory below a root, and its own and those above it if they were made since. */
    final void forceNames(Path root, Path directory) throws IOException {
        directories.force(root, directory);
    }
}
