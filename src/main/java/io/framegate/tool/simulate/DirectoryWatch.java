package io.framegate.tool.simulate;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Passes new files to {@link StoredFiles} as soon as the operating system reports them. One thread records the time of
 * each report, another reads the files: reading one file does not make others look late.
 */
final class DirectoryWatch implements AutoCloseable {

    private final StoredFiles files;
    private final WatchService watch;
    private final ExecutorService hashing = Executors.newSingleThreadExecutor(DirectoryWatch::daemon);
    private final Thread thread = daemon(this::run);

    DirectoryWatch(StoredFiles files) throws IOException {
        this.files = files;
        Files.createDirectories(files.root());
        this.watch = files.root().getFileSystem().newWatchService();
        FileTree.walk(files.root(), this::register, (file, attributes) -> {});
        thread.start();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "simulate-watch");
        thread.setDaemon(true);
        return thread;
    }

    private void register(Path directory) {
        try {
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        } catch (IOException gone) {
            // The directory is gone already, or the scan at the end finds its files.
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = watch.take();
                long now = System.nanoTime();
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (event.context() instanceof Path name && key.watchable() instanceof Path directory) {
                        came(directory.resolve(name), now);
                    } else {
                        hashing.execute(files::scan);
                    }
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException closed) {
            // The run is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void came(Path path, long now) {
        if (FileTree.isHidden(path)) {
            return;
        }
        if (Files.isDirectory(path)) {
            // The directory may have got files before it was watched.
            FileTree.walk(path, this::register, (file, attributes) -> hash(file, now));
        } else {
            hash(path, now);
        }
    }

    private void hash(Path file, long now) {
        hashing.execute(() -> files.saw(file, now));
    }

    @Override
    public void close() throws IOException {
        watch.close();
        hashing.shutdown();
    }
}
