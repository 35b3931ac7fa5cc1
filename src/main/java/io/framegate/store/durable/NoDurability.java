package io.framegate.store.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Forces nothing; the operating system decides when bytes reach the disk. */
final class NoDurability implements Durability {

    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public void makeRoot(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public void made(Path root, Path directory) {}

    @Override
    public void content(FileChannel written) {}

    @Override
    public void added(SharedForce file) {}

    @Override
    public void renamed(Path root, Path file) {}

    @Override
    public void close() {}
}
