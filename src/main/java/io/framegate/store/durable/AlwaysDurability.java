package io.framegate.store.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** Forces on the thread of the caller, so a reported step is on disk when the call returns. */
final class AlwaysDurability extends ForcingDurability {

    @Override
    public void content(FileChannel written) throws IOException {
        written.force(false);
    }

    @Override
    public void added(SharedForce file) throws IOException {
        file.force();
    }

    @Override
    public void renamed(Path root, Path file) throws IOException {
        forceNames(root, Objects.requireNonNull(file.getParent()));
    }
}
