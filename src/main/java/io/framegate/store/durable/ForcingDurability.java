package io.framegate.store.durable;

import java.io.IOException;
import java.nio.file.Path;

/** The part that both forcing durabilities share: their directories. */
abstract class ForcingDurability implements Durability {

    private final ForcedDirectories directories = new ForcedDirectories();

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

    /** Forces the names in a directory below a root, and the names of new directories from the root to it. */
    final void forceNames(Path root, Path directory) throws IOException {
        directories.force(root, directory);
    }
}
